package org.healthbeam.io.vcf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.values.KV;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.VcfHeader;
import org.healthbeam.core.variant.reference.ContigNames;
import org.healthbeam.core.variant.reference.Reference;
import org.healthbeam.io.bgzf.BlockInflater;
import org.healthbeam.io.text.SniffedFile;
import org.healthbeam.transforms.outcome.InputWork;
import org.healthbeam.transforms.variant.lines.LineSource;

/** Reads the lines of each part, and reports by file how it went. */
final class PartsOfFiles implements LineSource<FilePart, KV<String, PartReport>> {
  private static final long serialVersionUID = 1L;

  private final int blockBytes;
  private final int lineLimit;
  private final OnInvalid policy;
  private final ContigNames contigs;
  @Nullable private final Reference<List<Region>> always;

  /**
   * Reads blocks of about this many bytes.
   *
   * @param policy by which the headers were read
   * @param contigs which names of regions' sequences mean the same
   */
  PartsOfFiles(int blockBytes, int lineLimit, OnInvalid policy, ContigNames contigs) {
    this(blockBytes, lineLimit, policy, contigs, null);
  }

  private PartsOfFiles(
      int blockBytes,
      int lineLimit,
      OnInvalid policy,
      ContigNames contigs,
      @Nullable Reference<List<Region>> always) {
    this.policy = policy;
    this.blockBytes = blockBytes;
    this.lineLimit = lineLimit;
    this.contigs = contigs;
    this.always = always;
  }

  /** Reads records of these regions only. */
  PartsOfFiles onlyRegions(Reference<List<Region>> regions, ContigNames names) {
    return new PartsOfFiles(blockBytes, lineLimit, policy, names, regions);
  }

  @Override
  public Opened<FilePart, KV<String, PartReport>> open(@Nullable List<Region> wanted) {
    List<Region> only = wanted;
    if (always != null) {
      try {
        only = always.load();
      } catch (IOException e) {
        throw new UncheckedIOException("the list of regions cannot be read", e);
      }
    }
    return new OfFiles(only == null ? null : new Selection(only, contigs));
  }

  private final class OfFiles implements Opened<FilePart, KV<String, PartReport>> {
    @Nullable private final Selection selection;
    private final BlockInflater inflater = BlockInflater.fastest();
    @Nullable private VcfHeader header;
    private String headerOf = "";

    OfFiles(@Nullable Selection selection) {
      this.selection = selection;
    }

    @Override
    public KV<String, PartReport> read(FilePart part, Blocks blocks) throws IOException {
      ResourceId file = FileSystems.matchNewResource(part.file(), false);
      PartLines.Opening opening = address -> SniffedFile.storedBytes(file, address);
      VcfHeader last = part.file().equals(headerOf) ? header : null;
      header = part.header().get(last, opening, lineLimit, policy);
      headerOf = part.file();
      PartReport report =
          new PartLines(part, header, blockBytes, lineLimit, inflater, selection, blocks)
              .read(opening);
      InputWork.done(1);
      return KV.of(part.file(), report);
    }

    @Override
    public void close() {
      inflater.close();
    }
  }
}
