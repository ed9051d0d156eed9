package org.healthbeam.io.vcf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import htsjdk.samtools.util.BlockCompressedOutputStream;
import htsjdk.variant.variantcontext.writer.Options;
import htsjdk.variant.variantcontext.writer.VariantContextWriter;
import htsjdk.variant.variantcontext.writer.VariantContextWriterBuilder;
import htsjdk.variant.vcf.VCFFileReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.VcfBlock;
import org.healthbeam.io.bgzf.BgzfFile;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** BCF as htsjdk writes it, in every wrapping, against the VCF that it was made of. */
@ExtendWith(TestPipelineExtension.class)
class ReadBcfTest {
  private static final int RECORDS = 500;
  private static final String HEADER =
      "##fileformat=VCFv4.2\n"
          + "##FILTER=<ID=q10,Description=\"Below 10\">\n"
          + "##INFO=<ID=DP,Number=1,Type=Integer,Description=\"Depth\">\n"
          + "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">\n"
          + "##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"Depth\">\n"
          + "##contig=<ID=1,length=10000>\n"
          + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tAnn\tBob\n";

  @TempDir private Path folder;

  private static List<String> records() {
    List<String> lines = new ArrayList<>();
    List<String> genotypes = List.of("0/0", "0/1", "1|0", "1/1", "./.", "0|2");
    for (int i = 1; i <= RECORDS; i++) {
      StringJoiner line = new StringJoiner("\t");
      line.add("1").add("" + i).add(i % 7 == 0 ? "rs" + i : ".").add("A").add("C,GT");
      line.add(i % 3 == 0 ? "." : "" + i).add(i % 5 == 0 ? "q10" : "PASS").add("DP=" + 3 * i);
      line.add("GT:DP").add(genotypes.get(i % 6) + ":" + i).add(genotypes.get(i / 6 % 6) + ":7");
      lines.add(line.toString());
    }
    return lines;
  }

  private byte[] bcf() throws IOException {
    Path vcf = folder.resolve("made.vcf");
    Files.writeString(vcf, HEADER + String.join("\n", records()) + "\n");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (VCFFileReader in = new VCFFileReader(vcf, false);
        VariantContextWriter writer =
            new VariantContextWriterBuilder()
                .clearOptions()
                .unsetOption(Options.INDEX_ON_THE_FLY)
                .setOutputBCFStream(out)
                .build()) {
      writer.writeHeader(in.getFileHeader());
      in.forEach(writer::add);
    }
    Files.delete(vcf);
    return out.toByteArray();
  }

  /** Every record of a block, the same whatever its file. */
  static final class Records extends DoFn<VcfBlock, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element VcfBlock block, OutputReceiver<String> receiver) {
      String file = Path.of(block.source()).getFileName().toString();
      new String(block.bytes(), StandardCharsets.UTF_8)
          .lines()
          .forEach(line -> receiver.output(file + " " + line));
    }
  }

  private static PCollection<String> places(TestPipeline pipeline, Rejects rejects) {
    return rejects
        .all(pipeline)
        .apply(
            "Places",
            MapElements.into(TypeDescriptors.strings())
                .via(
                    r ->
                        Path.of(r.source()).getFileName() + ":" + r.position() + " " + r.reason()));
  }

  @Test
  void everyWrappingHasTheRecordsOfTheVcf(TestPipeline pipeline) throws IOException {
    byte[] bcf = bcf();
    assertTrue(bcf.length > 10_000);
    Files.write(folder.resolve("plain.bcf"), bcf);
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("gzip.bcf")))) {
      out.write(bcf);
    }
    try (OutputStream out = new BlockCompressedOutputStream(folder.resolve("bgzf.bcf").toFile())) {
      out.write(bcf);
    }
    List<String> expected = new ArrayList<>();
    for (String file : List.of("plain.bcf", "gzip.bcf", "bgzf.bcf")) {
      records().forEach(record -> expected.add(file + " " + record));
    }
    Rejects rejects = Rejects.with(PayloadHash.salted());
    PCollection<VcfBlock> blocks =
        pipeline
            .apply(
                "Read",
                ReadVcf.from(List.of(folder + "/*.bcf")).withPartBytes(100).rejectedTo(rejects))
            .blocks();
    PAssert.that(blocks.apply("Records", ParDo.of(new Records()))).containsInAnyOrder(expected);
    PAssert.that(places(pipeline, rejects)).empty();
    pipeline.run();
  }

  @Test
  void ofADamagedFileTheRecordsBeforeAreRead(TestPipeline pipeline) throws IOException {
    byte[] bcf = bcf();
    Files.write(folder.resolve("cut.bcf"), Arrays.copyOf(bcf, bcf.length - 3));
    byte[] damaged = bcf.clone();
    // The last record's sites and samples are some 50 bytes long; its lengths are no such numbers.
    Arrays.fill(damaged, bcf.length - 200, bcf.length, (byte) 0x7f);
    Files.write(folder.resolve("damaged.bcf"), damaged);
    Files.write(folder.resolve("version.bcf"), new byte[] {'B', 'C', 'F', 2, 9, 0, 0, 0, 0});
    Rejects rejects = Rejects.with(PayloadHash.salted());
    PCollection<VcfBlock> blocks =
        pipeline
            .apply("Read", ReadVcf.from(List.of(folder + "/*.bcf")).rejectedTo(rejects))
            .blocks();
    PAssert.that(blocks.apply("Records", ParDo.of(new Records())))
        .satisfies(
            records -> {
              List<String> cut = new ArrayList<>();
              int ofDamaged = 0;
              for (String record : records) {
                if (record.startsWith("cut.bcf ")) {
                  cut.add(record.substring("cut.bcf ".length()));
                } else {
                  ofDamaged++;
                }
              }
              assertEquals(records().subList(0, RECORDS - 1).size(), cut.size());
              assertTrue(cut.containsAll(records().subList(0, RECORDS - 1)));
              assertTrue(ofDamaged > RECORDS - 10 && ofDamaged < RECORDS, "" + ofDamaged);
              return null;
            });
    PAssert.that(places(pipeline, rejects))
        .satisfies(
            places -> {
              List<String> all = new ArrayList<>();
              places.forEach(all::add);
              assertEquals(3, all.size(), all.toString());
              // The header has seven lines.
              assertTrue(all.contains("cut.bcf:" + (7 + RECORDS) + " TRUNCATED"), all.toString());
              assertTrue(all.contains("version.bcf:1 MALFORMED"), all.toString());
              return null;
            });
    pipeline.run();
  }

  @Test
  void aBgzfFileWithoutTheEndMarkerIsUsedAndSaidSo(TestPipeline pipeline) throws IOException {
    byte[] whole = new BgzfFile().blocks(bcf(), 700, 6).end().bytes();
    byte[] cut = Arrays.copyOf(whole, whole.length - BgzfFile.END.length);
    Path marked = Files.write(folder.resolve("marked.bcf"), whole);
    Path unmarked = Files.write(folder.resolve("unmarked.bcf"), cut);
    Rejects rejects = Rejects.with(PayloadHash.salted());
    PCollection<VcfBlock> blocks =
        pipeline
            .apply("Read", ReadVcf.from(List.of(folder + "/*.bcf")).rejectedTo(rejects))
            .blocks();
    List<String> expected = new ArrayList<>();
    for (Path file : List.of(marked, unmarked)) {
      records().forEach(record -> expected.add(file.getFileName() + " " + record));
    }
    PAssert.that(blocks.apply("Records", ParDo.of(new Records()))).containsInAnyOrder(expected);
    PAssert.that(places(pipeline, rejects)).empty();
    assertEquals(
        Map.of("no-end-marker", 1L, "one-worker", 1L),
        rejects.ledger(pipeline.run().metrics()).stages().get(0).outcomes());
    Pipeline strict =
        Pipeline.create(PipelineOptionsFactory.fromArgs("--runner=DirectRunner").create());
    strict
        .apply("Read", ReadVcf.from(List.of(unmarked.toString())).onInvalid(OnInvalid.STRICT))
        .blocks();
    assertThrows(Pipeline.PipelineExecutionException.class, strict::run);
  }
}
