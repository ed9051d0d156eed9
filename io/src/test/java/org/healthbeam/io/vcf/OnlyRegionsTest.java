package org.healthbeam.io.vcf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import htsjdk.tribble.index.IndexFactory;
import htsjdk.tribble.index.tabix.TabixFormat;
import htsjdk.variant.vcf.VCFCodec;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.outcome.StageLedger;
import org.healthbeam.core.variant.Filters;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.Regions;
import org.healthbeam.core.variant.Totals;
import org.healthbeam.core.variant.VariantScan;
import org.healthbeam.core.variant.VcfBlock;
import org.healthbeam.core.variant.VcfHeader;
import org.healthbeam.core.variant.reference.ContigNames;
import org.healthbeam.core.variant.vcf.FileRemarks;
import org.healthbeam.core.variant.vcf.Remark;
import org.healthbeam.core.variant.vcf.VcfRule;
import org.healthbeam.io.bgzf.BgzfFile;
import org.healthbeam.io.bgzf.BlockInflater;
import org.healthbeam.io.tabix.Chunk;
import org.healthbeam.io.tabix.TabixIndex;
import org.healthbeam.io.text.SniffedFile.Compression;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnlyRegionsTest {
  private static final String HEADER =
      """
      ##fileformat=VCFv4.2
      ##INFO=<ID=END,Number=1,Type=Integer,Description="End">
      ##contig=<ID=1>
      ##contig=<ID=2>
      ##contig=<ID=3>
      #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO
      """;
  private static final List<Region> REGIONS =
      List.of(
          new Region("1", 100_000, 130_000, "a"),
          new Region("1", 120_000, 121_000, "inside of it"),
          new Region("2", 0, 1, "nothing"),
          new Region("2", 400_000, 400_500, "small"),
          new Region("chr3", 900_000, 2_000_000, "to the end, by another name"));

  private static final VcfHeader NO_SAMPLES = VcfHeader.of(2, List.of());

  @TempDir private Path folder;

  private static byte[] text(int records) {
    StringBuilder text = new StringBuilder(HEADER);
    Random random = new Random(8);
    for (String contig : List.of("1", "2", "3")) {
      int pos = 5;
      for (int i = 0; i < records; i++) {
        pos += random.nextInt(1000);
        int kind = random.nextInt(30);
        String ref = kind == 1 ? "ACGT".repeat(1 + random.nextInt(40)) : "A";
        String info = kind == 2 ? "DP=3;END=" + (pos + random.nextInt(30_000)) : "DP=1";
        text.append(contig).append('\t').append(pos).append("\t.\t").append(ref);
        text.append('\t').append(kind == 2 ? "<DEL>" : "C").append("\t.\tPASS\t").append(info);
        text.append('\n');
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private Path indexed(int records, int blockBytes, int level) throws IOException {
    byte[] bytes = new BgzfFile().blocks(text(records), blockBytes, level).end().bytes();
    Path file = Files.write(folder.resolve("a.vcf.gz"), bytes);
    IndexFactory.createTabixIndex(file, new VCFCodec(), TabixFormat.VCF, null)
        .write(folder.resolve("a.vcf.gz.tbi"));
    return file;
  }

  /** The lines of blocks. */
  static final class Lines extends DoFn<VcfBlock, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element VcfBlock block, OutputReceiver<String> receiver) {
      new String(block.bytes(), StandardCharsets.UTF_8).lines().forEach(receiver::output);
    }
  }

  private List<String> read(Path file, long partBytes, Map<String, Long> outcomes)
      throws IOException {
    Path out = Files.createTempDirectory(folder, "out");
    Pipeline pipeline =
        Pipeline.create(PipelineOptionsFactory.fromArgs("--runner=DirectRunner").create());
    Rejects rejects = Rejects.with(PayloadHash.salted());
    pipeline
        .apply(
            "Read",
            ReadVcf.from(List.of(file.toString()))
                .onlyRegions(
                    pipeline.apply("Regions", Create.of(REGIONS)).apply("View", View.asList()),
                    ContigNames.builtIn())
                .withPartBytes(partBytes)
                .rejectedTo(rejects))
        .blocks()
        .apply("Lines", ParDo.of(new Lines()))
        .apply(TextIO.write().to(out.resolve("lines").toString()).withoutSharding());
    rejects.all(pipeline);
    StageLedger files = rejects.ledger(pipeline.run().metrics()).stages().get(0);
    assertEquals(outcomes, files.outcomes());
    assertTrue(files.isConserved());
    try (Stream<String> lines = Files.lines(out.resolve("lines"))) {
      return lines.sorted().toList();
    }
  }

  @Test
  void theSameRecordsAreReadWithAnIndexAndWithout() throws IOException {
    Path file = indexed(2000, 3000, 6);
    List<String> byIndex = read(file, 1 << 20, Map.of("by-index", 1L));
    assertTrue(byIndex.size() > 100 && byIndex.size() < 2000, byIndex.size() + " records");
    assertEquals(byIndex, read(file, 2000, Map.of("by-index", 1L)));
    // An index that is older than the file may be of another one.
    Files.setLastModifiedTime(folder.resolve("a.vcf.gz.tbi"), FileTime.fromMillis(0));
    assertEquals(byIndex, read(file, 1 << 20, Map.of("passed", 1L)));
    Files.write(folder.resolve("a.vcf.gz.tbi"), new byte[] {1, 2, 3});
    assertEquals(byIndex, read(file, 5000, Map.of("passed", 1L)));
    Files.delete(folder.resolve("a.vcf.gz.tbi"));
    assertEquals(byIndex, read(file, 5000, Map.of("passed", 1L)));
    assertEquals(byIndex, read(Files.write(file, text(2000)), 5000, Map.of("passed", 1L)));
  }

  @Test
  void bcftoolsReadsTheSameRecords() throws Exception {
    Path file = indexed(2000, 3000, 6);
    StringBuilder bed = new StringBuilder();
    REGIONS.forEach(
        r ->
            bed.append(
                r.contig().replace("chr", "")
                    + "\t"
                    + r.start()
                    + "\t"
                    + r.end()
                    + "\t"
                    + r.name()
                    + "\n"));
    Path regions = Files.writeString(folder.resolve("r.bed"), bed);
    Process process;
    try {
      process =
          new ProcessBuilder("bcftools", "view", "-H", "-R", regions.toString(), file.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      Assumptions.assumeTrue(System.getenv("CI") != null, "bcftools is not installed");
      throw e;
    }
    List<String> theirs =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .sorted()
            .distinct()
            .toList();
    assertEquals(0, process.waitFor());
    List<String> ours = read(file, 1 << 20, Map.of("by-index", 1L));
    assertEquals(theirs, ours.stream().distinct().toList());
    Files.delete(folder.resolve("a.vcf.gz.tbi"));
    Process csi = new ProcessBuilder("bcftools", "index", "--csi", file.toString()).start();
    assertEquals(0, csi.waitFor());
    assertEquals(ours, read(file, 1 << 20, Map.of("by-index", 1L)));
  }

  @Test
  void noMoreIsReadThanTheChunksAndTheirLastBlock() throws IOException {
    byte[] file = Files.readAllBytes(indexed(60_000, 60_000, 0));
    TabixIndex index = TabixIndex.read(Files.newInputStream(folder.resolve("a.vcf.gz.tbi")));
    Selection selection =
        new Selection(List.of(new Region("2", 400_000, 400_500, "small")), ContigNames.builtIn());
    List<String> lines = new ArrayList<>();
    long[] read = new long[1];
    long wanted = 0;
    for (Chunk chunk : selection.chunks(index)) {
      FilePart part =
          FilePart.byIndex(
              "f",
              PartHeader.ofPart(NO_SAMPLES),
              0,
              FilePart.Cut.at(chunk.begin()),
              FilePart.Cut.at(chunk.end()));
      try (BlockInflater inflater = BlockInflater.ofPlatform()) {
        new PartLines(
                part,
                NO_SAMPLES,
                1 << 18,
                1 << 20,
                inflater,
                selection,
                block -> {
                  addLines(block.copy(), lines);
                  return block.lineCount();
                })
            .read(at -> counting(file, (int) at, read));
      }
      wanted += (chunk.end() >>> 16) - (chunk.begin() >>> 16) + (1 << 16);
    }
    String all = new String(text(60_000), StandardCharsets.UTF_8).substring(HEADER.length());
    assertEquals(
        all.lines()
            .filter(line -> selection.has(line.getBytes(StandardCharsets.UTF_8), 0, line.length()))
            .toList(),
        lines);
    assertTrue(!lines.isEmpty() && lines.size() < 50, lines.size() + " lines");
    assertTrue(read[0] <= wanted, read[0] + " of " + wanted);
    assertTrue(read[0] < file.length / 2, read[0] + " of " + file.length);
  }

  /** Reads a file of plain text, in which every n-th record is wanted, and keeps its remarks. */
  private static FileRemarks remarks(int records, int blockBytes) throws IOException {
    StringBuilder text = new StringBuilder();
    List<Region> wanted = new ArrayList<>();
    for (int i = 1; i <= records; i++) {
      // One of 50 is out of order.
      int pos = i % 50 == 0 ? 1 : i * 10;
      text.append("1\t").append(pos).append("\t.\tA\tC\t.\tPASS\tDP=1\n");
      if (i % 2 == 0) {
        wanted.add(new Region("1", pos - 1L, pos, ""));
      }
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    PartHeader header = PartHeader.ofWhole(NO_SAMPLES);
    FilePart.Cut from = new FilePart.Cut(0, 0);
    FilePart part =
        new FilePart("f", Compression.PLAIN, header, 0, 1, 5, from, FilePart.Cut.END_OF_FILE);
    FileRemarks remarks = new FileRemarks();
    Totals totals = new Totals();
    totals.expect(NO_SAMPLES, "f");
    VariantScan scan = new VariantScan(OnInvalid.SKIP, Filters.all(), Regions.none());
    try (BlockInflater inflater = BlockInflater.ofPlatform()) {
      new PartLines(
              part,
              NO_SAMPLES,
              blockBytes,
              1 << 20,
              inflater,
              new Selection(wanted, ContigNames.builtIn()),
              block -> scan(block.copy(), scan, remarks, totals))
          .read(at -> new ByteArrayInputStream(bytes));
    }
    return remarks;
  }

  private static long scan(VcfBlock block, VariantScan scan, FileRemarks remarks, Totals totals) {
    scan.begin(remarks, block);
    for (int from = 0; from < block.length(); from = block.lineEnd(from) + 1) {
      try {
        scan.scan(block.bytes(), from, block.lineEnd(from), block.header(), totals, row -> {});
      } catch (RejectedException e) {
        throw new AssertionError(e);
      }
    }
    return block.lineCount();
  }

  private static int size(FileRemarks remarks) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    remarks.write(new DataOutputStream(out));
    return out.size();
  }

  @Test
  void remarksDoNotGrowWithTheRunsOfRecordsThatAreRead() throws IOException {
    for (int blockBytes : new int[] {200, 1 << 18}) {
      FileRemarks few = remarks(1_000, blockBytes);
      FileRemarks many = remarks(20_000, blockBytes);
      assertEquals(size(few), size(many));
      assertEquals(List.of(new Remark(VcfRule.POS_ORDER, 5 + 49, 2, 400)), many.all());
    }
  }

  /** The lines of an index's parts, each found again from the place that its position names. */
  @Test
  void positionsByIndexLeadToTheirLines() throws IOException {
    Path path = indexed(20_000, 6000, 6);
    byte[] file = Files.readAllBytes(path);
    TabixIndex index = TabixIndex.read(Files.newInputStream(folder.resolve("a.vcf.gz.tbi")));
    List<Region> all = List.of(new Region("2", 0, 100_000_000, "all"));
    Selection selection = new Selection(all, ContigNames.builtIn());
    Chunk chunk = selection.chunks(index).get(0);
    long begin = chunk.begin() >>> 16;
    long bytes = (chunk.end() >>> 16) - begin;
    FilePart.Cut from = FilePart.Cut.at(chunk.begin());
    int lines = 0;
    for (int i = 1; i <= 5; i++) {
      FilePart.Cut to =
          i == 5 ? FilePart.Cut.at(chunk.end()) : FilePart.Cut.near(begin + bytes * i / 5);
      FilePart part = FilePart.byIndex("f", PartHeader.ofPart(NO_SAMPLES), i - 1, from, to);
      List<VcfBlock> blocks = new ArrayList<>();
      try (BlockInflater inflater = BlockInflater.ofPlatform()) {
        new PartLines(
                part,
                NO_SAMPLES,
                1 << 18,
                1 << 20,
                inflater,
                selection,
                block -> {
                  blocks.add(block.copy());
                  return block.lineCount();
                })
            .read(at -> new ByteArrayInputStream(file, (int) at, file.length));
      }
      for (VcfBlock block : blocks) {
        List<String> texts = new String(block.bytes(), StandardCharsets.UTF_8).lines().toList();
        for (int line = 0; line < texts.size(); line += Math.max(1, texts.size() - 1)) {
          assertEquals(
              texts.get(line), lineAt(file, block.part().position(block.firstLine() + line)));
        }
        lines += texts.size();
      }
      from = to;
    }
    assertEquals(20_000, lines);
  }

  /** Returns the line at ADDRESS:SKIP+N, as {@code docs/variants.md} says to find it. */
  private static String lineAt(byte[] file, String position) throws IOException {
    String[] part = position.split("[:+]");
    int address = Integer.parseInt(part[0]);
    ByteArrayInputStream stored = new ByteArrayInputStream(file, address, file.length - address);
    try (GZIPInputStream in = new GZIPInputStream(stored)) {
      in.skipNBytes(Long.parseLong(part[1]));
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return lines.lines().skip(Long.parseLong(part[2]) - 1).findFirst().orElseThrow();
    }
  }

  private static void addLines(VcfBlock block, List<String> lines) {
    lines.addAll(new String(block.bytes(), StandardCharsets.UTF_8).lines().toList());
    String position = block.part().position(block.firstLine());
    assertTrue(position.matches("[0-9]+:[0-9]+[+][0-9]+"), position);
  }

  private static InputStream counting(byte[] file, int at, long[] read) {
    return new FilterInputStream(new ByteArrayInputStream(file, at, file.length)) {
      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        int n = super.read(bytes, from, length);
        read[0] += Math.max(0, n);
        return n;
      }
    };
  }
}
