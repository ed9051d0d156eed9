package org.healthbeam.io.vcf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import htsjdk.samtools.util.BlockCompressedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MetadataCoderV2;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.outcome.StageLedger;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.VcfBlock;
import org.healthbeam.core.variant.VcfHeader;
import org.healthbeam.core.variant.reference.ContigNames;
import org.healthbeam.core.variant.reference.KnownSites;
import org.healthbeam.io.text.FileSystemException;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPipelineExtension.class)
class ReadVcfTest {
  private static final String HEADER =
      "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tAnn\n";

  @TempDir private Path folder;

  private static String records(int n) {
    StringJoiner lines = new StringJoiner("\n", "", "\n");
    for (int i = 1; i <= n; i++) {
      lines.add("1\t" + i + "\t.\tA\tC\t.\t.\t.\tGT\t0/1");
    }
    return lines.toString();
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] bgzf(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream bgzf = new BlockCompressedOutputStream(out, (Path) null)) {
      bgzf.write(bytes);
    }
    return out.toByteArray();
  }

  /** Every line of a block as {@code file:line text}. */
  static final class Lines extends DoFn<VcfBlock, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element VcfBlock block, OutputReceiver<String> receiver) {
      String name = Path.of(block.source()).getFileName().toString();
      String text = new String(block.bytes(), StandardCharsets.UTF_8);
      long line = block.firstLine();
      for (String record : text.lines().toList()) {
        receiver.output(name + ":" + line++ + " " + record.split("\t", -1)[1]);
      }
      receiver.output(name + " samples " + block.header().samples().size());
    }
  }

  private PCollection<String> lines(TestPipeline pipeline, Rejects rejects) {
    return pipeline
        .apply(
            "Read",
            ReadVcf.from(List.of(folder + "/*")).withBlockBytes(1 << 20).rejectedTo(rejects))
        .blocks()
        .apply("Lines", ParDo.of(new Lines()))
        .apply("Once", org.apache.beam.sdk.transforms.Distinct.create());
  }

  private static PCollection<String> places(TestPipeline pipeline, Rejects rejects) {
    return rejects
        .all(pipeline)
        .apply(
            "Places",
            MapElements.into(TypeDescriptors.strings())
                .via(
                    (Rejected r) ->
                        Path.of(r.source()).getFileName()
                            + ":"
                            + r.position()
                            + " "
                            + r.reason().code()));
  }

  @Test
  void compressionIsToldFromTheBytesWhateverTheName(TestPipeline pipeline) throws IOException {
    write("a.txt", bgzf(utf8(HEADER + records(1))));
    write("b.vcf", gzip(utf8(HEADER + records(2))));
    write("c.vcf.gz", utf8(HEADER + records(1)));
    Rejects rejects = Rejects.with(PayloadHash.salted());
    PAssert.that(lines(pipeline, rejects))
        .containsInAnyOrder(
            "a.txt samples 1",
            "a.txt:3 1",
            "b.vcf samples 1",
            "b.vcf:3 1",
            "b.vcf:4 2",
            "c.vcf.gz samples 1",
            "c.vcf.gz:3 1");
    PAssert.that(places(pipeline, rejects)).empty();
    pipeline.run();
  }

  @Test
  void whatIsNoVcfIsRejectedAndTheRestIsRead(TestPipeline pipeline) throws IOException {
    write("binary.vcf", new byte[] {0, 1, 2, (byte) 0xff, '\n', 0});
    write("empty.vcf", new byte[0]);
    write("good.vcf", utf8(HEADER + records(1)));
    write("headeronly.vcf", utf8(HEADER));
    write("nochrom.vcf", utf8("##fileformat=VCFv4.2\n##source=x\n"));
    write("twice.vcf", utf8(HEADER.replace("Ann", "Ann\tAnn")));
    Rejects rejects = Rejects.with(PayloadHash.salted());
    PAssert.that(lines(pipeline, rejects))
        .containsInAnyOrder("good.vcf samples 1", "good.vcf:3 1", "headeronly.vcf samples 1");
    PAssert.that(places(pipeline, rejects))
        .containsInAnyOrder(
            "binary.vcf:1 malformed",
            "empty.vcf:1 malformed",
            "nochrom.vcf:3 malformed",
            "twice.vcf:2 invariant");
    StageLedger stage = rejects.ledger(pipeline.run().metrics()).stages().get(0);
    assertEquals(6, stage.in());
    assertEquals(2, stage.out());
    assertTrue(stage.isConserved());
  }

  @Test
  void ofATruncatedFileTheWholeLinesAreRead(TestPipeline pipeline) throws IOException {
    byte[] whole = gzip(utf8(HEADER + records(2000)));
    write("cut.vcf.gz", Arrays.copyOf(whole, whole.length / 2));
    Rejects rejects = Rejects.with(PayloadHash.salted());
    PAssert.that(lines(pipeline, rejects))
        .satisfies(
            lines -> {
              int n = 0;
              for (String line : lines) {
                n++;
                assertTrue(line.matches("cut.vcf.gz( samples 1|:[0-9]+ [0-9]+)"), line);
              }
              assertTrue(n > 100 && n < 2000, "" + n);
              return null;
            });
    PAssert.that(places(pipeline, rejects))
        .satisfies(
            places -> {
              String place = places.iterator().next();
              assertTrue(place.matches("cut.vcf.gz:[0-9]+ truncated"), place);
              return null;
            });
    pipeline.run();
  }

  @Test
  void aFileSystemThatFailsIsAnErrorOfTheRun(TestPipeline pipeline) {
    Rejects rejects = Rejects.with(PayloadHash.salted());
    Outcomes outcomes = Outcomes.declare(rejects, ReadVcf.STAGE, "files", "");
    MatchResult.Metadata gone =
        MatchResult.Metadata.builder()
            .setResourceId(FileSystems.matchNewResource(folder + "/gone.vcf", false))
            .setSizeBytes(1)
            .setIsReadSeekEfficient(true)
            .setLastModifiedMillis(0)
            .build();
    PCollectionTuple read =
        pipeline
            .apply("File", Create.of(gone).withCoder(MetadataCoderV2.of()))
            .apply(
                "Read",
                ParDo.of(new PlanParts(outcomes, OnInvalid.SKIP, 1000, PartSize.fitting(), null))
                    .withOutputTags(PlanParts.PARTS, TupleTagList.of(Outcomes.REJECTED)));
    read.get(PlanParts.PARTS).setCoder(FilePart.PartCoder.of());
    Rejects.collect(rejects, read.get(Outcomes.REJECTED));
    Throwable failure = assertThrows(PipelineExecutionException.class, pipeline::run).getCause();
    assertTrue(failure instanceof FileSystemException, failure::toString);
  }

  @Test
  void strictFailsOnAFileThatIsNoVcf(TestPipeline pipeline) throws IOException {
    write("binary.vcf", new byte[] {0, 1, 2, (byte) 0xff, '\n', 0});
    pipeline.apply(ReadVcf.from(List.of(folder + "/*")).onInvalid(OnInvalid.STRICT)).blocks();
    String message = assertThrows(PipelineExecutionException.class, pipeline::run).getMessage();
    assertTrue(message.contains("binary.vcf:1"), message);
  }

  @Property(tries = 300)
  void linesSurviveAnySizeOfBlocksAndPieces(
      @ForAll @Size(max = 20) List<@IntRange(max = 40) Integer> lengths,
      @ForAll boolean lastLineFeed,
      @ForAll @IntRange(min = 1, max = 100) int blockBytes,
      @ForAll @IntRange(min = 1, max = 60) int pieceBytes) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < lengths.size(); i++) {
      boolean last = i == lengths.size() - 1;
      body.append("x".repeat(lengths.get(i))).append(last && !lastLineFeed ? "" : "\n");
    }
    StringBuilder read = new StringBuilder();
    LineBlocks lines =
        new LineBlocks(
            blockBytes,
            1 << 16,
            3,
            new LineBlocks.Target() {
              @Override
              public long block(byte[] block, int length, long firstLine) {
                assertEquals(3 + read.chars().filter(c -> c == '\n').count(), firstLine);
                assertTrue(read.isEmpty() || read.charAt(read.length() - 1) == '\n');
                String text = new String(block, 0, length, StandardCharsets.UTF_8);
                read.append(text);
                return text.lines().count();
              }

              @Override
              public void tooLong(long line) {
                throw new AssertionError("no line is too long");
              }
            });
    byte[] bytes = utf8(body.toString());
    for (int i = 0; i < bytes.length; i += pieceBytes) {
      lines.add(bytes, i, Math.min(bytes.length, i + pieceBytes));
    }
    lines.end();
    assertEquals(body.toString(), read.toString());
  }

  @Test
  void ofTheHeaderNotAByteTooManyIsRead() throws IOException, RejectedException {
    for (String lineEnd : List.of("\n", "\r\n")) {
      String header = HEADER.replace("\n", lineEnd);
      ByteArrayInputStream in = new ByteArrayInputStream(utf8(header + "rest"));
      HeaderLines lines = new HeaderLines(in, 1000);
      assertEquals(VcfHeader.of(2, List.of("Ann")), lines.read(OnInvalid.SKIP));
      assertEquals("rest", new String(in.readAllBytes(), StandardCharsets.UTF_8));
      assertEquals(header.length(), lines.bytes());
      assertEquals(3, lines.line());
    }
  }

  @Test
  void aHeaderLineLongerThanTheLimitIsNotRead() {
    byte[] header = utf8(HEADER.replace("\n", "x".repeat(9000) + "\n"));
    HeaderLines lines = new HeaderLines(new ByteArrayInputStream(header), 5000);
    assertThrows(RejectedException.class, () -> lines.read(OnInvalid.SKIP));
  }

  @Test
  void regionsAreReadFromBed(TestPipeline pipeline) throws IOException {
    Path bed =
        write("genes.bed.gz", gzip(utf8("track name=x\n#c\n1\t0\t10\tGENE A\t5\n\n2 3 4\n")));
    PAssert.that(pipeline.apply(ReadRegions.from(bed.toString())))
        .containsInAnyOrder(new Region("1", 0, 10, "GENE A"), new Region("2", 3, 4, ""));
    pipeline.run();
  }

  @Test
  void aBrokenLineOfRegionsFailsWithItsNumberIfAskedTo(TestPipeline pipeline) throws IOException {
    Path bed = write("genes.bed", utf8("1\t0\t10\n1\tSECRET\t5\n"));
    pipeline.apply(ReadRegions.from(bed.toString()).onInvalid(OnInvalid.STRICT));
    String message = assertThrows(PipelineExecutionException.class, pipeline::run).getMessage();
    assertTrue(message.contains("genes.bed:2") && !message.contains("SECRET"), message);
  }

  @Test
  void brokenLinesOfGenesAreRejectedWithTheirNumber(TestPipeline pipeline) throws IOException {
    Path gtf =
        write(
            "genes.bed", // told by its content
            gzip(
                utf8(
                    "#!x\n1\th\tgene\t5\t9\t.\t+\t.\tgene_id \"E1\"; gene_name \"A\";\n"
                        + "1\th\tgene\tSECRET\t9\t.\t+\t.\tgene_id \"E2\"\n"
                        + "1\th\texon\t5\t9\t.\t+\t.\tgene_id \"E1\"\n")));
    Rejects rejects = Rejects.with(PayloadHash.salted());
    PAssert.that(pipeline.apply(ReadRegions.from(gtf.toString()).rejectedTo(rejects)))
        .containsInAnyOrder(new Region("1", 4, 9, "A"));
    PAssert.that(
            rejects
                .all(pipeline)
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(r -> r.reason().code() + " " + r.position())))
        .containsInAnyOrder("invalid-field 3");
    StageLedger stage = rejects.ledger(pipeline.run().metrics()).stages().get(0);
    assertEquals(3, stage.in());
    assertTrue(stage.isConserved(), stage::toString);
  }

  @Test
  void knownSitesAreReadOnceByAJvmAndTheirBadLinesAreRejects(TestPipeline pipeline)
      throws IOException {
    Path file =
        write("known.tsv.gz", gzip(utf8("contig\tpos\tref\talt\n1\t5\tA\tC\n1\tx\tA\tC\n")));
    ReferenceFile<KnownSites> known =
        ReferenceFile.knownSites(file.toString(), ContigNames.builtIn());
    assertSame(
        known.load(), ReferenceFile.knownSites(file.toString(), ContigNames.builtIn()).load());
    assertEquals(1, known.load().size());
    Rejects rejects = Rejects.with(PayloadHash.salted());
    pipeline.apply(CheckKnownSites.of(known).rejectedTo(rejects));
    PAssert.that(
            rejects
                .all(pipeline)
                .apply(MapElements.into(TypeDescriptors.strings()).via(r -> r.position())))
        .containsInAnyOrder("3");
    StageLedger stage = rejects.ledger(pipeline.run().metrics()).stages().get(0);
    assertEquals(2, stage.in());
    assertTrue(stage.isConserved(), stage::toString);
  }
}
