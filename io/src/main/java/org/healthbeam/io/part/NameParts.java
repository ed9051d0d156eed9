package org.healthbeam.io.part;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PDone;

/**
 * Gives parts their final names, {@code part-00000-of-00017} and a suffix, when all are whole; no
 * byte is written again where the file system can rename. Without a part there is one empty file.
 *
 * <p>Input: the names of {@link PartFile}s, a bounded collection in the global window, in no order.
 * An attempt that is repeated goes on where the last one stopped.
 */
public final class NameParts extends PTransform<PCollection<String>, PDone> {
  private static final long serialVersionUID = 1L;

  private final String folder;
  private final String suffix;
  private final String temporary;

  private NameParts(String folder, String suffix, String temporary) {
    this.folder = folder;
    this.suffix = suffix;
    this.temporary = temporary;
  }

  /** Names the parts that are in a new {@link #partsFolder}: into this folder, with this suffix. */
  public static NameParts in(String folder, String suffix) {
    ResourceId place = FileSystems.matchNewResource(folder, true);
    return new NameParts(place.toString(), suffix, PartFile.folderBeside(place).toString());
  }

  /** Returns the temporary folder into which the parts are to be written; it is removed. */
  public String partsFolder() {
    return temporary;
  }

  @Override
  public PDone expand(PCollection<String> names) {
    PCollectionView<List<String>> parts = names.apply("All parts", View.asList());
    names
        .getPipeline()
        .apply("Folder", Create.of(folder).withCoder(StringUtf8Coder.of()))
        .apply("Name parts", ParDo.of(new Rename(suffix, temporary, parts)).withSideInputs(parts))
        .apply("When named", Reshuffle.viaRandomKey())
        .apply("Remove folder", ParDo.of(new JoinParts.Remove()));
    return PDone.in(names.getPipeline());
  }

  static final class Rename extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;

    private final String suffix;
    private final String temporary;
    private final PCollectionView<List<String>> parts;

    Rename(String suffix, String temporary, PCollectionView<List<String>> parts) {
      this.suffix = suffix;
      this.temporary = temporary;
      this.parts = parts;
    }

    @ProcessElement
    public void process(
        @Element String folder, OutputReceiver<String> receiver, ProcessContext context)
        throws IOException {
      ResourceId place = FileSystems.matchNewResource(folder, true);
      List<String> names = context.sideInput(parts).stream().distinct().sorted().toList();
      if (names.isEmpty()) {
        FileSystems.create(named(place, 0, 1), "text/plain").close();
      }
      List<ResourceId> from = new ArrayList<>();
      List<ResourceId> to = new ArrayList<>();
      for (String name : names) {
        to.add(named(place, from.size(), names.size()));
        from.add(FileSystems.matchNewResource(name, false));
      }
      FileSystems.rename(
          from,
          to,
          StandardMoveOptions.IGNORE_MISSING_FILES,
          StandardMoveOptions.SKIP_IF_DESTINATION_EXISTS);
      receiver.output(temporary);
    }

    private ResourceId named(ResourceId place, int number, int of) {
      return place.resolve(
          String.format(Locale.ROOT, "part-%05d-of-%05d%s", number, of, suffix),
          StandardResolveOptions.RESOLVE_FILE);
    }
  }
}
