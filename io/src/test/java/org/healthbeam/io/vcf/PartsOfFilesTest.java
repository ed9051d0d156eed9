package org.healthbeam.io.vcf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.outcome.StageLedger;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.VcfHeader;
import org.healthbeam.core.variant.vcf.FileRemarks;
import org.healthbeam.io.bgzf.BgzfFile;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.variant.VariantSummaries;
import org.healthbeam.transforms.variant.Variants;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole pipelines give the same bytes in however many parts the files are read. */
class PartsOfFilesTest {
  private static final String HEADER =
      "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tAnn\tBob\n";

  @TempDir private Path folder;

  private int runs;

  /** What a run wrote, sorted, and its stages. */
  private record Outcome(Map<String, List<String>> outputs, List<StageLedger> stages) {}

  /** An element as its coder writes it. */
  static final class Hex<T> extends DoFn<T, String> {
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

  private static final class AllRemarks extends DoFn<KV<String, FileRemarks>, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element KV<String, FileRemarks> file, OutputReceiver<String> receiver) {
      file.getValue().copy().all().forEach(remark -> receiver.output(remark.toString()));
    }
  }

  private Outcome run(ReadVcf read, OnInvalid policy) throws IOException {
    Path out = Files.createDirectory(folder.resolve("out" + runs++));
    Pipeline pipeline =
        Pipeline.create(PipelineOptionsFactory.fromArgs("--runner=DirectRunner").create());
    Rejects rejects = Rejects.with(PayloadHash.salted());
    VariantSummaries summaries =
        pipeline
            .apply("Read", read.onInvalid(policy).rejectedTo(rejects))
            .apply(
                "Summarize",
                Variants.summarize().onInvalid(policy).withWindows(1000).rejectedTo(rejects));
    write(summaries.variants(), out, "variants");
    write(summaries.cohort(), out, "cohort");
    write(summaries.regions(), out, "regions");
    write(summaries.remarks().apply("All remarks", ParDo.of(new AllRemarks())), out, "remarks");
    write(rejects.all(pipeline), out, "rejects");
    List<StageLedger> stages = rejects.ledger(pipeline.run().metrics()).stages();
    stages.forEach(stage -> assertTrue(stage.isConserved(), stage::toString));
    Map<String, List<String>> outputs = new LinkedHashMap<>();
    for (String name : List.of("variants", "cohort", "regions", "remarks", "rejects")) {
      try (Stream<String> lines = Files.lines(out.resolve(name + ".txt"))) {
        outputs.put(name, lines.sorted().toList());
      }
    }
    return new Outcome(outputs, stages);
  }

  private static <T> void write(PCollection<T> elements, Path out, String name) {
    elements
        .apply("Hex " + name, ParDo.of(new Hex<>(elements.getCoder())))
        .apply(
            "Write " + name,
            TextIO.write().to(out.resolve(name).toString()).withSuffix(".txt").withoutSharding());
  }

  private static ReadVcf reading(Path file) {
    return ReadVcf.from(List.of(file.toString())).withBlockBytes(300);
  }

  private void assertPartsDoNotMatter(Path file, Outcome whole) throws IOException {
    for (int parts : new int[] {2, 7}) {
      long bytes = Math.max(1, Files.size(file) / parts);
      Outcome other = run(reading(file).withPartBytes(bytes), OnInvalid.SKIP);
      assertEquals(whole, other, parts + " parts");
    }
  }

  /** Records of two contigs, of which every seventh is broken. */
  private static String records(int n) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= n; i++) {
      // Every 11th goes back.
      String pos = i % 7 == 0 ? "none" : Integer.toString(i % 11 == 0 ? 5 : i * 13);
      String ann = i % 3 == 0 ? "1/1:" + i : "0/1:" + i;
      text.append(i <= n / 2 ? "1" : "2").append('\t').append(pos);
      text.append("\t.\tA\tC\t.\tPASS\t.\tGT:DP\t");
      text.append(ann).append("\t0|0:7\n");
    }
    return text.toString();
  }

  @Test
  void plainAndBgzfFilesGiveTheSameInAnyNumberOfParts() throws IOException {
    byte[] text = (HEADER + records(300)).getBytes(StandardCharsets.UTF_8);
    Path plain = Files.write(folder.resolve("a.vcf"), text);
    Outcome whole = run(reading(plain), OnInvalid.SKIP);
    assertEquals(42, whole.outputs().get("rejects").size());
    assertEquals(258, whole.outputs().get("variants").size());
    assertEquals(1, whole.outputs().get("remarks").size());
    assertEquals(Map.of("passed", 1L), whole.stages().get(0).outcomes());
    assertPartsDoNotMatter(plain, whole);
    // The same name, so that the rejects are the same too.
    Path bgzf =
        Files.write(folder.resolve("a.vcf"), new BgzfFile().blocks(text, 700, 6).end().bytes());
    assertEquals(whole, run(reading(bgzf), OnInvalid.SKIP));
    assertPartsDoNotMatter(bgzf, whole);
  }

  @Test
  void aDamagedFileGivesTheSameInAnyNumberOfParts() throws IOException {
    byte[] text = (HEADER + records(300)).getBytes(StandardCharsets.UTF_8);
    BgzfFile made = new BgzfFile().blocks(text, 700, 6).end();
    byte[] bytes = made.bytes();
    for (int block : new int[] {3, 11, 12}) {
      bytes[made.starts().get(block) + 40] ^= 1;
    }
    Path file = Files.write(folder.resolve("a.vcf"), bytes);
    Outcome whole = run(reading(file), OnInvalid.SKIP);
    assertEquals(Map.of("rejected:malformed", 1L), whole.stages().get(0).outcomes());
    assertTrue(whole.outputs().get("variants").size() > 150);
    assertPartsDoNotMatter(file, whole);
  }

  @Test
  void aFileWithoutTheEndMarkerIsUsedAndSaidSo() throws IOException {
    byte[] text = (HEADER + records(300)).getBytes(StandardCharsets.UTF_8);
    Path file = Files.write(folder.resolve("a.vcf"), new BgzfFile().blocks(text, 700, 6).bytes());
    Outcome whole = run(reading(file), OnInvalid.SKIP);
    assertEquals(Map.of("no-end-marker", 1L), whole.stages().get(0).outcomes());
    assertEquals(258, whole.outputs().get("variants").size());
    assertPartsDoNotMatter(file, whole);
    String message =
        assertThrows(PipelineExecutionException.class, () -> run(reading(file), OnInvalid.STRICT))
            .getMessage();
    assertTrue(message.contains("a.vcf:"), message);
  }

  /** Thousands of samples: their names do not travel with each part. */
  @Test
  void aLargeHeaderIsReadWhereItsPartsAreRead() throws IOException {
    int samples = 5_000;
    StringBuilder text = new StringBuilder(HEADER.replace("\tAnn\tBob\n", ""));
    for (int s = 0; s < samples; s++) {
      text.append("\tsample-").append(s);
    }
    for (int i = 1; i <= 12; i++) {
      text.append("\n1\t").append(i * 13).append("\t.\tA\tC\t.\tPASS\t.\tGT");
      for (int s = 0; s < samples; s++) {
        text.append((s + i) % 7 == 0 ? "\t0/1" : "\t0/0");
      }
    }
    text.append('\n');
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    for (boolean blocked : new boolean[] {false, true}) {
      byte[] stored = blocked ? new BgzfFile().blocks(bytes, 9000, 6).end().bytes() : bytes;
      Path file = Files.write(folder.resolve("wide.vcf"), stored);
      Outcome whole = run(reading(file), OnInvalid.SKIP);
      assertEquals(12, whole.outputs().get("variants").size());
      assertPartsDoNotMatter(file, whole);
    }
    List<String> names = IntStream.range(0, 100_000).mapToObj(s -> "sample-" + s).toList();
    VcfHeader header = VcfHeader.of(2, names);
    FilePart.Cut cut = FilePart.Cut.near(5);
    FilePart part =
        FilePart.byIndex("wide.vcf", PartHeader.ofPart(header), 7, cut, FilePart.Cut.END_OF_FILE);
    byte[] encoded = CoderUtils.encodeToByteArray(FilePart.PartCoder.of(), part);
    assertTrue(encoded.length < 60, encoded.length + " bytes");
    assertEquals(part, CoderUtils.decodeFromByteArray(FilePart.PartCoder.of(), encoded));
  }

  @Test
  void strictNamesTheLineInTheFileFromAnyPart() throws IOException {
    String text = HEADER + records(300).replace("none", "9") + "1\tSECRET\t.\tA\tC\n";
    Path file = Files.writeString(folder.resolve("a.vcf"), text);
    for (long bytes : new long[] {1 << 20, 1000}) {
      String message =
          assertThrows(
                  PipelineExecutionException.class,
                  () -> run(reading(file).withPartBytes(bytes), OnInvalid.STRICT))
              .getMessage();
      assertTrue(message.contains("a.vcf:303") && !message.contains("SECRET"), message);
    }
  }

  @Test
  void anIndexAmongTheFilesIsNoInput() throws IOException {
    byte[] text = (HEADER + records(3)).getBytes(StandardCharsets.UTF_8);
    Files.write(folder.resolve("a.vcf.gz"), new BgzfFile().blocks(text, 700, 6).end().bytes());
    Files.write(
        folder.resolve("a.vcf.gz.tbi"),
        new BgzfFile().block(new byte[] {'T', 'B', 'I', 1, 0, 0}, 6).end().bytes());
    Path all = folder.resolve("a.*");
    Outcome outcome = run(reading(all), OnInvalid.SKIP);
    assertEquals(Map.of("index", 1L, "passed", 1L), outcome.stages().get(0).outcomes());
  }

  @Test
  void thousandGenomesGiveTheSameInManyParts() throws IOException {
    String shared =
        System.getProperty(
            "healthbeam.shared", System.getProperty("healthbeam.root", ".") + "/../shared");
    Path file =
        Path.of(shared, "data/vcf/1kg-phaseIII-v5a.20130502.genotypes.chr22-16-16.5mb.vcf.gz");
    Assumptions.assumeTrue(Files.exists(file), "no 1000 Genomes file in the shared data");
    ReadVcf read = ReadVcf.from(List.of(file.toString()));
    Outcome whole = run(read.withPartBytes(1 << 30), OnInvalid.SKIP);
    assertEquals(6139, whole.outputs().get("variants").size());
    assertFalse(whole.outputs().get("cohort").isEmpty());
    assertEquals(whole, run(read.withPartBytes(Files.size(file) / 40), OnInvalid.SKIP));
  }
}
