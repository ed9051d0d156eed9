package org.healthbeam.io.part;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PDone;
import org.healthbeam.transforms.files.NamedFiles;
import org.healthbeam.transforms.files.ResultFiles;

/**
 * Gives parts their final names, {@code part-00000-of-00017} and a suffix, when all are whole; no
 * byte is written again where the file system can rename. Without a part there is one empty file,
 * unless each part has a {@link #withOwnNames name of its own}.
 *
 * <p>Input: the names of {@link PartFile}s, a bounded collection in the global window, in no order.
 * Which part gets which name is written down before the first is renamed, and when all are, a mark
 * says so ({@link PartFolder}). An attempt that is repeated goes by that, and so goes on where the
 * last one stopped, also if parts were meanwhile written anew under other names since a worker was
 * lost: what they hold is there already.
 */
public final class NameParts extends PTransform<PCollection<String>, PDone> {
  private static final long serialVersionUID = 1L;

  private static final int OWN_END = 1 + 2 * 36;

  /** How parts are called. */
  public interface Naming extends Serializable {
    /**
     * {@return the name of a part, below the folder; folders in it end in slashes}
     *
     * @param part the name of its file
     * @param number from 0 in the order of those names
     * @param of how many parts there are
     */
    String name(String part, int number, int of);

    /** {@return the name of the file that there is without a part; nothing if there is none} */
    String nameOfNone();

    /**
     * Writes what that file has.
     *
     * @param out stays open
     * @throws IOException if it cannot be written
     */
    default void writeNone(OutputStream out) throws IOException {}
  }

  private final String folder;
  private final Naming naming;
  private final String temporary;

  private NameParts(String folder, Naming naming, String temporary) {
    this.folder = folder;
    this.naming = naming;
    this.temporary = temporary;
  }

  /**
   * {@return what names the parts that are in a new {@link #partsFolder} by their number}
   *
   * @param folder into which they go
   * @param suffix of the names
   */
  public static NameParts in(String folder, String suffix) {
    return withNames(folder, new Numbers(suffix));
  }

  /**
   * {@return what names the parts that are in a new {@link #partsFolder}}
   *
   * @param folder into which they go
   * @param naming how they are called
   */
  public static NameParts withNames(String folder, Naming naming) {
    ResourceId place = FileSystems.matchNewResource(folder, true);
    return new NameParts(place.toString(), naming, PartFolder.beside(folder));
  }

  /**
   * {@return what names parts that have a name of their own, which then stands behind the number
   * and a dot} Their files are called as {@link #ownName} says, and numbered in the order of their
   * names.
   *
   * @param folder into which they go
   */
  public static NameParts withOwnNames(String folder) {
    return withNames(folder, new OwnNames());
  }

  /**
   * {@return a copy for parts that are elsewhere}
   *
   * @param parts the temporary folder that they are in, which is removed
   */
  public NameParts of(String parts) {
    return new NameParts(folder, naming, parts);
  }

  /**
   * {@return what the file of a part with a name of its own is called}
   *
   * @param name without a folder
   * @param from what it was made of, which tells two of one name apart and orders them
   */
  public static String ownName(String name, String from) {
    UUID key = UUID.nameUUIDFromBytes(from.getBytes(StandardCharsets.UTF_8));
    return name + "~" + key + UUID.randomUUID();
  }

  /**
   * {@return the name of its own that a part has}
   *
   * @param part what its file is called
   */
  public static String nameOf(String part) {
    String name = NamedFiles.resource(part).getFilename();
    return name.substring(0, name.length() - OWN_END);
  }

  /** {@return the temporary folder into which the parts are to be written; it is removed} */
  public String partsFolder() {
    return temporary;
  }

  /**
   * {@return whether the parts of this temporary folder have their names already}
   *
   * @throws IOException if the folder cannot be looked at
   */
  public boolean areNamed() throws IOException {
    return PartFolder.isDone(folder, temporary);
  }

  @Override
  public PDone expand(PCollection<String> names) {
    PCollectionView<List<String>> parts = names.apply("All parts", View.asList());
    names
        .getPipeline()
        .apply("Folder", Create.of(folder).withCoder(StringUtf8Coder.of()))
        .apply("Name parts", ParDo.of(new Rename(naming, temporary, parts)).withSideInputs(parts))
        .apply("Remove parts", new RemoveParts());
    return PDone.in(names.getPipeline());
  }

  private static ResourceId planIn(String temporary) {
    return FileSystems.matchNewResource(temporary, true)
        .resolve("plan", StandardResolveOptions.RESOLVE_FILE);
  }

  /** Writes the plan, which is there as a whole or not at all. */
  private static List<String> write(ResourceId plan, List<String> names) throws IOException {
    ResourceId draft =
        plan.getCurrentDirectory()
            .resolve("plan-" + UUID.randomUUID(), StandardResolveOptions.RESOLVE_FILE);
    try (OutputStream out = ResultFiles.open(draft, "text/plain")) {
      out.write(String.join("\n", names).getBytes(StandardCharsets.UTF_8));
    }
    FileSystems.rename(List.of(draft), List.of(plan));
    return names;
  }

  /** Writes down which part gets which name, as an attempt does before it names the first. */
  static void plan(String temporary, List<String> names) throws IOException {
    write(planIn(temporary), names);
  }

  static final class Rename extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;

    private final Naming naming;
    private final String temporary;
    private final PCollectionView<List<String>> parts;

    Rename(Naming naming, String temporary, PCollectionView<List<String>> parts) {
      this.naming = naming;
      this.temporary = temporary;
      this.parts = parts;
    }

    @ProcessElement
    public void process(
        @Element String folder, OutputReceiver<String> receiver, ProcessContext context)
        throws IOException {
      if (!PartFolder.isDone(folder, temporary)) {
        name(folder, planned(context.sideInput(parts).stream().distinct().sorted().toList()));
        PartFolder.done(folder, temporary);
      }
      receiver.output(temporary);
    }

    private void name(String folder, List<String> planned) throws IOException {
      ResourceId place = FileSystems.matchNewResource(folder, true);
      if (planned.isEmpty()) {
        if (!naming.nameOfNone().isEmpty()) {
          writeNone(NamedFiles.in(place, naming.nameOfNone()));
        }
        return;
      }
      List<ResourceId> from = new ArrayList<>();
      List<ResourceId> to = new ArrayList<>();
      for (String name : planned) {
        to.add(NamedFiles.in(place, naming.name(name, from.size(), planned.size())));
        from.add(FileSystems.matchNewResource(name, false));
      }
      List<Boolean> isThere = PartFolder.areThere(from);
      List<Boolean> isNamed = PartFolder.areThere(to);
      for (int i = 0; i < from.size(); i++) {
        if (!isThere.get(i) && !isNamed.get(i)) {
          throw new IOException("Part " + i + " of " + from.size() + " of the results is gone");
        }
      }
      List<ResourceId> left = new ArrayList<>();
      List<ResourceId> names = new ArrayList<>();
      for (int i = 0; i < from.size(); i++) {
        if (!isNamed.get(i)) {
          ResultFiles.createFolder(to.get(i).getCurrentDirectory());
          left.add(from.get(i));
          names.add(to.get(i));
        }
      }
      FileSystems.rename(left, names);
    }

    /** Returns the parts to be named, in order: those of the attempt that was the first. */
    private List<String> planned(List<String> names) throws IOException {
      ResourceId plan = planIn(temporary);
      if (PartFolder.areThere(List.of(plan)).get(0)) {
        try (InputStream in = Channels.newInputStream(FileSystems.open(plan))) {
          return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
      }
      return names.isEmpty() ? names : write(plan, names);
    }

    private void writeNone(ResourceId file) throws IOException {
      try (PartFile none = PartFile.plain(temporary)) {
        naming.writeNone(none.out());
        ResourceId written = FileSystems.matchNewResource(none.finish(), false);
        ResultFiles.createFolder(file.getCurrentDirectory());
        FileSystems.rename(List.of(written), List.of(file));
      }
    }
  }

  /** {@code part-00000-of-00017} and what stands behind it. */
  private record Numbers(String suffix) implements Naming {
    @Override
    public String name(String part, int number, int of) {
      return String.format(Locale.ROOT, "part-%05d-of-%05d%s", number, of, suffix);
    }

    @Override
    public String nameOfNone() {
      return name("", 0, 1);
    }
  }

  /** The same, and behind it the name of its own that each part has. */
  private record OwnNames() implements Naming {
    @Override
    public String name(String part, int number, int of) {
      return new Numbers("." + nameOf(part)).name(part, number, of);
    }

    @Override
    public String nameOfNone() {
      return "";
    }
  }
}
