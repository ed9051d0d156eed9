package org.healthbeam.io.vcf;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.VcfHeader;
import org.healthbeam.core.variant.bcf.BcfText;
import org.healthbeam.core.variant.bcf.InvalidBcfException;
import org.healthbeam.io.bgzf.BgzfInputStream;
import org.healthbeam.io.tabix.Chunk;
import org.healthbeam.io.tabix.TabixIndex;
import org.healthbeam.io.text.FileSystemException;
import org.healthbeam.io.text.SniffedFile;
import org.healthbeam.io.text.SniffedFile.Compression;
import org.healthbeam.transforms.outcome.InputWork;
import org.healthbeam.transforms.outcome.Outcomes;

/** Reads the header of each file and cuts the rest into parts. */
final class PlanParts extends DoFn<MatchResult.Metadata, FilePart> {
  private static final long serialVersionUID = 1L;

  static final TupleTag<FilePart> PARTS =
      new TupleTag<FilePart>("parts") {
        private static final long serialVersionUID = 1L;
      };

  /** What becomes of an index that lies beside the files. */
  private static final String INDEX = "index";

  private static final byte[] NOTHING = new byte[0];
  private static final int BUFFER = 1 << 18;
  private static final int FIRST_BLOCK = 1 << 16;
  private static final int MAGIC = 4;

  private final Outcomes outcomes;
  private final OnInvalid policy;
  private final int lineLimit;
  private final PartSize size;
  @Nullable private final WantedRegions regions;

  PlanParts(
      Outcomes outcomes,
      OnInvalid policy,
      int lineLimit,
      PartSize size,
      @Nullable WantedRegions regions) {
    this.outcomes = outcomes;
    this.policy = policy;
    this.lineLimit = lineLimit;
    this.size = size;
    this.regions = regions;
  }

  @ProcessElement
  public void process(ProcessContext context, MultiOutputReceiver out) throws IOException {
    outcomes.begin();
    outcomes.in();
    Selection selection = regions == null ? null : regions.selection(context);
    make(new Plan(context.element(), selection), out);
    outcomes.tell(out.get(Outcomes.COUNTED));
  }

  private void make(Plan plan, MultiOutputReceiver out) throws IOException {
    try {
      plan.make(out.get(PARTS));
    } catch (FileSystemException e) {
      if (!e.isNoPermission()) {
        throw e;
      }
      reject(out, RejectReason.UNREADABLE, "no permission to read the file", plan);
    } catch (RejectedException e) {
      reject(out, e.reason(), e.detail(), plan);
    } catch (InvalidBcfException e) {
      reject(out, RejectReason.MALFORMED, e.getMessage(), plan);
    } catch (EOFException e) {
      reject(out, RejectReason.TRUNCATED, "the compressed data end within the header", plan);
    } catch (IOException e) {
      reject(out, RejectReason.MALFORMED, "the compressed data of the header are damaged", plan);
    }
  }

  private void reject(MultiOutputReceiver out, RejectReason reason, String detail, Plan plan) {
    if (policy == OnInvalid.STRICT) {
      throw new InvalidFileException(
          plan.name, Long.toString(plan.line()), new RejectedException(reason, detail));
    }
    outcomes.reject(
        out.get(Outcomes.REJECTED), reason, detail, plan.name, Long.toString(plan.line()), NOTHING);
  }

  /** The plan of one file. */
  private final class Plan {
    private final MatchResult.Metadata file;
    private final String name;
    @Nullable private final Selection selection;
    private HeaderLines lines;

    Plan(MatchResult.Metadata file, @Nullable Selection selection) {
      this.selection = selection;
      this.file = file;
      this.name = file.resourceId().toString();
    }

    long line() {
      return lines == null ? 1 : lines.line();
    }

    void make(OutputReceiver<FilePart> receiver) throws IOException, RejectedException {
      try (BufferedInputStream stored =
          new BufferedInputStream(SniffedFile.storedBytes(file.resourceId(), 0), BUFFER)) {
        Compression compression = SniffedFile.compressionOf(stored);
        byte[] first = firstBytes(stored, compression);
        if (isIndex(first)) {
          outcomes.out(INDEX);
        } else if (compression == Compression.GZIP || BcfText.startsBcf(first)) {
          leaveWhole(stored, receiver);
        } else if (compression == Compression.BGZF) {
          cutBgzf(stored, receiver);
        } else {
          cutPlain(stored, receiver);
        }
      }
    }

    private VcfHeader header(InputStream in) throws IOException, RejectedException {
      lines = new HeaderLines(in, lineLimit);
      return lines.read(policy);
    }

    /** Plain gzip is read from its beginning, and BCF too. */
    private void leaveWhole(BufferedInputStream stored, OutputReceiver<FilePart> receiver)
        throws IOException, RejectedException {
      VcfHeader header;
      try (SniffedFile sniffed = SniffedFile.of(stored)) {
        InputStream text = BcfText.textOf(sniffed.stream(), lineLimit);
        header = header(new BufferedInputStream(text));
      }
      FilePart.Cut body = new FilePart.Cut(0, (int) lines.bytes());
      cut(Compression.GZIP, header, body, Long.MAX_VALUE, receiver);
    }

    private void cutPlain(BufferedInputStream stored, OutputReceiver<FilePart> receiver)
        throws IOException, RejectedException {
      VcfHeader header = header(stored);
      FilePart.Cut body = new FilePart.Cut(lines.bytes(), 0);
      cut(Compression.PLAIN, header, body, size.ofText(file.sizeBytes()), receiver);
    }

    private void cutBgzf(BufferedInputStream stored, OutputReceiver<FilePart> receiver)
        throws IOException, RejectedException {
      VcfHeader header;
      FilePart.Cut body;
      long partBytes;
      try (BgzfInputStream in = new BgzfInputStream(stored)) {
        header = header(in);
        body = FilePart.Cut.at(in.virtualOffset());
        partBytes = size.ofBgzf(file.sizeBytes(), in);
      }
      Optional<TabixIndex> index = selection == null ? Optional.empty() : BesideFile.index(file);
      if (index.isPresent()) {
        cutByIndex(header, selection.chunks(index.get()), body, partBytes, receiver);
      } else {
        cut(Compression.BGZF, header, body, partBytes, receiver);
      }
    }

    /** There is a part even if no chunk is wanted, since every file has a block. */
    private void cutByIndex(
        VcfHeader header,
        List<Chunk> chunks,
        FilePart.Cut body,
        long partBytes,
        OutputReceiver<FilePart> receiver) {
      int index = 0;
      PartHeader known = PartHeader.ofPart(header);
      if (chunks.isEmpty()) {
        InputWork.planned(1);
        receiver.output(FilePart.byIndex(name, known, index, body, body));
      }
      for (Chunk chunk : chunks) {
        long begin = chunk.begin() >>> 16;
        long bytes = (chunk.end() >>> 16) - begin;
        int count = (int) Math.max(1, (bytes + partBytes / 2) / partBytes);
        FilePart.Cut from = FilePart.Cut.at(chunk.begin());
        for (int i = 1; i <= count; i++) {
          FilePart.Cut to =
              i == count
                  ? FilePart.Cut.at(chunk.end())
                  : FilePart.Cut.near(begin + bytes * i / count);
          InputWork.planned(1);
          receiver.output(FilePart.byIndex(name, known, index++, from, to));
          from = to;
        }
      }
    }

    private byte[] firstBytes(BufferedInputStream stored, Compression compression)
        throws IOException {
      stored.mark(FIRST_BLOCK);
      byte[] block = stored.readNBytes(FIRST_BLOCK);
      stored.reset();
      if (compression != Compression.BGZF) {
        return Arrays.copyOf(block, Math.min(MAGIC, block.length));
      }
      try (BgzfInputStream in = new BgzfInputStream(new ByteArrayInputStream(block))) {
        return in.readNBytes(MAGIC);
      } catch (IOException damaged) {
        // Whoever reads the header says so, with the line.
        return NOTHING;
      }
    }

    private boolean isIndex(byte[] first) {
      return Arrays.equals(first, new byte[] {'T', 'B', 'I', 1})
          || Arrays.equals(first, new byte[] {'C', 'S', 'I', 1});
    }

    private void cut(
        Compression compression,
        VcfHeader header,
        FilePart.Cut body,
        long partBytes,
        OutputReceiver<FilePart> receiver) {
      long bytes = file.isReadSeekEfficient() ? file.sizeBytes() - body.address() : 0;
      int count = (int) Math.max(1, (bytes + partBytes / 2) / partBytes);
      PartHeader known = count == 1 ? PartHeader.ofWhole(header) : PartHeader.ofPart(header);
      FilePart.Cut from = body;
      for (int i = 0; i < count; i++) {
        FilePart.Cut to =
            i == count - 1
                ? FilePart.Cut.END_OF_FILE
                : FilePart.Cut.near(body.address() + bytes * (i + 1) / count);
        long firstLine = i == 0 ? lines.line() : 1;
        InputWork.planned(1);
        receiver.output(new FilePart(name, compression, known, i, count, firstLine, from, to));
        from = to;
      }
    }
  }
}
