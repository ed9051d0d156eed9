package org.healthbeam.io.table;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PDone;
import org.healthbeam.io.part.PartFile;
import org.healthbeam.io.part.PartFolder;

/**
 * Writes all lines as one file by one worker. Of few steps: a pipeline has several small tables,
 * and on the direct runner each step costs, however little goes through it.
 */
public final class WriteWhole extends PTransform<PCollection<String>, PDone> {
  private static final long serialVersionUID = 1L;

  private final String file;
  @Nullable private final String header;
  private final String folder;

  WriteWhole(String file, @Nullable String header, String folder) {
    this.file = file;
    this.header = header;
    this.folder = folder;
  }

  /**
   * {@return a transform that writes this file, which has no header; what stood there is replaced}
   *
   * @param file on any file system
   */
  public static WriteWhole to(String file) {
    return new WriteWhole(file, null, PartFolder.beside(file));
  }

  @Override
  public PDone expand(PCollection<String> lines) {
    KvCoder<Void, String> coder =
        KvCoder.of(VoidCoder.of(), NullableCoder.of(StringUtf8Coder.of()));
    PCollection<KV<Void, String>> keyed =
        lines
            .apply(
                "As one",
                Window.<String>into(new GlobalWindows())
                    .triggering(DefaultTrigger.of())
                    .discardingFiredPanes())
            .apply("To one worker", WithKeys.of((Void) null))
            .setCoder(coder);
    // So that there is a file where there is no line.
    PCollection<KV<Void, String>> nothing =
        lines
            .getPipeline()
            .apply("No line", Create.of(KV.of((Void) null, (String) null)).withCoder(coder));
    PCollectionList.of(keyed)
        .and(nothing)
        .apply("With no line", Flatten.pCollections())
        .apply("All lines", GroupByKey.create())
        .apply("Write", ParDo.of(new Write(file, header, folder)));
    return PDone.in(lines.getPipeline());
  }

  static final class Write extends DoFn<KV<Void, Iterable<String>>, Void> {
    private static final long serialVersionUID = 1L;

    private final String file;
    @Nullable private final String header;
    private final String folder;

    Write(String file, @Nullable String header, String folder) {
      this.file = file;
      this.header = header;
      this.folder = folder;
    }

    @ProcessElement
    public void process(@Element KV<Void, Iterable<String>> all) throws IOException {
      try (PartFile part = PartFile.plain(folder)) {
        OutputStream out = part.out();
        write(header, out);
        for (String lines : all.getValue()) {
          write(lines, out);
        }
        FileSystems.rename(
            List.of(FileSystems.matchNewResource(part.finish(), false)),
            List.of(FileSystems.matchNewResource(file, false)));
      }
      PartFolder.remove(folder);
    }

    private static void write(@Nullable String lines, OutputStream out) throws IOException {
      if (lines != null) {
        out.write(lines.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
      }
    }
  }
}
