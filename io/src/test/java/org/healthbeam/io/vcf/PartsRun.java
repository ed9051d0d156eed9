package org.healthbeam.io.vcf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.io.bgzf.BgzfFile;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.variant.VariantSummaries;
import org.healthbeam.transforms.variant.Variants;

/** Summarises a BGZF file in so many parts, on whatever runner the options name. */
public final class PartsRun {
  private static final String HEADER =
      "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tAnn\tBob\n";
  private static final int RECORDS = 400;

  private PartsRun() {}

  /** Writes a file of small blocks with records of two sequences, of which some are broken. */
  public static Path write(Path folder) throws IOException {
    StringBuilder text = new StringBuilder(HEADER);
    for (int i = 1; i <= RECORDS; i++) {
      String pos = i % 13 == 0 ? "none" : Integer.toString(i * 17);
      text.append(i <= RECORDS / 2 ? "1" : "2").append('\t').append(pos);
      text.append("\t.\tA\t").append(i % 5 == 0 ? "C,AT" : "G").append("\t.\tPASS\t.\tGT:DP\t");
      text.append(i % 3 == 0 ? "1/1:" + i : "0/1:" + i).append("\t0|0:7\n");
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return Files.write(
        folder.resolve("a.vcf.gz"), new BgzfFile().blocks(bytes, 500, 6).end().bytes());
  }

  /**
   * A file that is read in two parts and in seven gives the bytes that the direct runner gives of
   * the whole.
   *
   * @param options name the runner; asked for each run
   */
  public static void assertSameInParts(Supplier<PipelineOptions> options, Path folder)
      throws IOException {
    Path file = write(folder);
    PipelineOptions direct = PipelineOptionsFactory.fromArgs("--runner=DirectRunner").create();
    Map<String, List<String>> whole = outputs(direct, file, 1, folder.resolve("direct"));
    assertEquals(30, whole.get("rejects").size());
    for (int parts : new int[] {2, 7}) {
      assertEquals(
          whole,
          outputs(options.get(), file, parts, folder.resolve("parts" + parts)),
          parts + " parts");
    }
  }

  /**
   * Returns the bytes of every summary, as hexadecimal digits in order, and every reject.
   *
   * @param out a folder that is not there yet
   */
  public static Map<String, List<String>> outputs(
      PipelineOptions options, Path file, int parts, Path out) throws IOException {
    Files.createDirectory(out);
    Pipeline pipeline = Pipeline.create(options);
    Rejects rejects = Rejects.with(PayloadHash.keyed(new byte[16]));
    VariantSummaries summaries =
        pipeline
            .apply(
                "Read",
                ReadVcf.from(List.of(file.toString()))
                    .withBlockBytes(300)
                    .withPartBytes(Math.max(1, Files.size(file) / parts))
                    .rejectedTo(rejects))
            .apply("Summarize", Variants.summarize().withWindows(1000).rejectedTo(rejects));
    write(summaries.variants(), out, "variants");
    write(summaries.cohort(), out, "cohort");
    write(summaries.regions(), out, "regions");
    write(rejects.all(pipeline), out, "rejects");
    pipeline.run().waitUntilFinish();
    Map<String, List<String>> outputs = new LinkedHashMap<>();
    for (String name : List.of("variants", "cohort", "regions", "rejects")) {
      try (Stream<String> lines = Files.lines(out.resolve(name + ".txt"))) {
        outputs.put(name, lines.sorted().toList());
      }
    }
    return outputs;
  }

  private static <T> void write(PCollection<T> elements, Path out, String name) {
    elements
        .apply("Hex " + name, ParDo.of(new Hex<>(elements.getCoder())))
        .apply(
            "Write " + name,
            TextIO.write().to(out.resolve(name).toString()).withSuffix(".txt").withoutSharding());
  }

  /** An element as its coder writes it. */
  private static final class Hex<T> extends DoFn<T, String> {
    private static final long serialVersionUID = 1L;
    private final Coder<T> coder;

    Hex(Coder<T> coder) {
      this.coder = coder;
    }

    @ProcessElement
    public void process(@Element T element, OutputReceiver<String> receiver) throws CoderException {
      receiver.output(HexFormat.of().formatHex(CoderUtils.encodeToByteArray(coder, element)));
    }
  }
}
