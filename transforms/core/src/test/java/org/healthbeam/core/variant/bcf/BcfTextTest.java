package org.healthbeam.core.variant.bcf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Values as section 6.3 of VCF 4.3 writes them in bytes, and what is no BCF. */
class BcfTextTest {
  private static final String HEADER =
      "##fileformat=VCFv4.2\n"
          + "##FILTER=<ID=q10,Description=\"Below 10, or <ID=none>\">\n"
          + "##INFO=<ID=DP,Number=1,Type=Integer,Description=\"D\">\n"
          + "##INFO=<ID=DB,Number=0,Type=Flag,Description=\"D\">\n"
          + "##INFO=<ID=AF,Number=A,Type=Float,Description=\"D\">\n"
          + "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"G\">\n"
          + "##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"D\">\n"
          + "##FORMAT=<ID=PL,Number=G,Type=Integer,Description=\"P\">\n"
          + "##FORMAT=<ID=FT,Number=1,Type=String,Description=\"F\",IDX=9>\n"
          + "##contig=<ID=chr7,length=100>\n"
          + "##contig=<ID=chrX,length=100>\n"
          + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ts1\ts2\ts3\n";
  private static final int Q10 = 1;
  private static final int DP = 2;
  private static final int DB = 3;
  private static final int AF = 4;
  private static final int GT = 5;
  private static final int PL = 6;
  private static final int FT = 9;

  /** Bytes, as a record is put together from them. */
  private static final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Bytes of(int... bytes) {
      for (int b : bytes) {
        out.write(b);
      }
      return this;
    }

    Bytes int16(int... values) {
      for (int value : values) {
        of(value, value >> 8);
      }
      return this;
    }

    Bytes int32(int... values) {
      for (int value : values) {
        of(value, value >> 8, value >> 16, value >> 24);
      }
      return this;
    }

    Bytes text(String text) {
      return of(text.length() << 4 | 7).raw(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Bytes key(int number) {
      return of(0x11, number);
    }

    Bytes raw(byte[] bytes) {
      out.writeBytes(bytes);
      return this;
    }

    byte[] done() {
      return out.toByteArray();
    }
  }

  private static Bytes site(int contig, int pos, int qual, int alleles, int infos, int formats) {
    return new Bytes().int32(contig, pos, 1, qual, alleles << 16 | infos, formats << 24 | 3);
  }

  private static byte[] record(byte[] shared, byte[] samples) {
    return new Bytes().int32(shared.length, samples.length).raw(shared).raw(samples).done();
  }

  private static byte[] file(byte[]... records) {
    byte[] header = (HEADER + "\0").getBytes(StandardCharsets.UTF_8);
    Bytes all = new Bytes().of('B', 'C', 'F', 2, 2).int32(header.length).raw(header);
    Arrays.stream(records).forEach(all::raw);
    return all.done();
  }

  private static String text(byte[] file) throws IOException {
    try (BcfText in = new BcfText(new ByteArrayInputStream(file), 1 << 20)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<String> lines(byte[]... records) throws IOException {
    String text = text(file(records));
    assertTrue(text.startsWith(HEADER));
    return text.substring(HEADER.length()).lines().toList();
  }

  @Test
  void aRecordOfEveryTypeIsToldAsItsLine() throws IOException {
    byte[] shared =
        site(1, 99, Float.floatToRawIntBits(12.3f), 3, 3, 4)
            .text("rs1")
            .text("A")
            .text("AC")
            .text("<DEL>")
            .of(0x11, Q10)
            .key(DP)
            .of(0x12)
            .int16(300)
            .key(DB)
            .of(0)
            .key(AF)
            .of(0x25)
            .int32(Float.floatToRawIntBits(0.25f), 0x7F800001)
            .done();
    byte[] samples =
        new Bytes()
            .key(GT)
            .of(0x21, 2, 5, 4, 0x81, 0, 0) // 0|1, 1, ./.
            .key(DP)
            .of(0x11, 7, 0x80, 9)
            .key(PL)
            .of(0x33)
            .int32(0, 70000, -1)
            .int32(0x80000000, 0x80000001, 0x80000001)
            .int32(5, 0x80000000, 0x80000001)
            .key(FT)
            .of(0x47)
            .raw("PASSq10\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII))
            .done();
    assertEquals(
        List.of(
            "chrX\t100\trs1\tA\tAC,<DEL>\t12.3\tq10\tDP=300;DB;AF=0.25,.\tGT:DP:PL:FT"
                + "\t0|1:7:0,70000,-1:PASS\t1:.:.:q10\t./.:9:5,.:."),
        lines(record(shared, samples)));
  }

  @Test
  void whatIsMissingIsADot() throws IOException {
    byte[] shared = site(0, 0, 0x7F800001, 1, 0, 0).of(7).text("G").of(0).done();
    assertEquals(
        List.of("chr7\t1\t.\tG\t.\t.\t.\t.\t.\t.\t.\t."), lines(record(shared, new byte[0])));
  }

  @Test
  void allelesAndFiltersOfEveryWidthAreRead() throws IOException {
    byte[] shared = site(0, 1 << 20, 0, 2, 0, 1).of(7).text("G").text("T").of(0x21, 0, Q10).done();
    byte[] wide =
        new Bytes()
            .key(GT)
            .of(0x32)
            .int16(2, 3, 0x8001) // 0|0
            .int16(400, 201, 4) // 199|99/1, no phase told for the first
            .int16(0, 1, 0x8001) // .|.
            .done();
    assertEquals(
        List.of("chr7\t1048577\t.\tG\tT\t0\tPASS;q10\t.\tGT\t0|0\t199|99/1\t.|."),
        lines(record(shared, wide)));
  }

  @Test
  void aLongVectorHasItsLengthBehindTheType() throws IOException {
    String allele = "ACGT".repeat(100);
    byte[] shared =
        site(0, 0, 0, 2, 0, 0)
            .of(7)
            .text("G")
            .of(0xf7, 0x12)
            .int16(allele.length())
            .raw(allele.getBytes(StandardCharsets.US_ASCII))
            .of(0x11, 0)
            .done();
    assertEquals(
        List.of("chr7\t1\t.\tG\t" + allele + "\t0\tPASS\t.\t.\t.\t.\t."),
        lines(record(shared, new byte[0])));
  }

  @Test
  void aFileThatEndsEarlyIsToldUpToThere() throws IOException {
    byte[] shared = site(0, 0, 0, 1, 0, 0).of(7).text("G").of(0).done();
    byte[] record = record(shared, new byte[0]);
    byte[] whole = file(record, record);
    for (int cut = whole.length - record.length + 1; cut < whole.length; cut++) {
      BcfText in = new BcfText(new ByteArrayInputStream(Arrays.copyOf(whole, cut)), 1 << 20);
      in.skipNBytes(HEADER.length());
      byte[] line = new byte[1000];
      assertEquals(
          "chr7\t1\t.\tG\t.\t0\t.\t.\t.\t.\t.\t.\n",
          new String(line, 0, in.read(line), StandardCharsets.UTF_8));
      assertThrows(EOFException.class, in::read);
    }
  }

  @Test
  void whatIsNoBcfIsSaid() {
    assertThrows(InvalidBcfException.class, () -> text("BCF\4\1".getBytes(StandardCharsets.UTF_8)));
    assertThrows(InvalidBcfException.class, () -> text(new byte[] {'B', 'C', 'F', 2, 3, 0, 0}));
    byte[] unknown = site(7, 0, 0, 1, 0, 0).of(7).text("G").of(0).done();
    assertThrows(InvalidBcfException.class, () -> lines(record(unknown, new byte[0])));
    byte[] tooLong = site(0, 0, 0, 1, 0, 0).of(7).of(0xf7, 0x13).int32(1 << 30).done();
    assertThrows(InvalidBcfException.class, () -> lines(record(tooLong, new byte[0])));
    byte[] rest = site(0, 0, 0, 1, 0, 0).of(7).text("G").of(0).of(1, 2).done();
    assertThrows(InvalidBcfException.class, () -> lines(record(rest, new byte[0])));
    byte[] negative = site(0, 0, 0, 1, 0, 0).of(7).text("G").of(0).done();
    byte[] record = record(negative, new byte[0]);
    record[3] = (byte) 0x80;
    assertThrows(InvalidBcfException.class, () -> lines(record));
  }

  /** Returns a small file. */
  static byte[] small() {
    byte[] shared =
        site(1, 99, 0, 2, 1, 2)
            .text("rs1")
            .text("A")
            .text("C")
            .of(0x11, Q10)
            .key(DP)
            .of(0x11, 3)
            .done();
    byte[] samples =
        new Bytes().key(GT).of(0x21, 2, 5, 4, 0x81, 0, 0).key(DP).of(0x11, 7, 0x80, 9).done();
    return file(record(shared, samples), record(shared, samples));
  }

  @Test
  void noBytesLeadToAnotherError() throws IOException {
    byte[] whole = small();
    Random random = new Random(1);
    int told = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = whole.clone();
      for (int k = 0; k <= i % 3; k++) {
        int header = 9 + HEADER.length() + 1;
        int place =
            i % 10 == 0
                ? random.nextInt(changed.length)
                : header + random.nextInt(changed.length - header);
        changed[place] = (byte) random.nextInt();
      }
      try {
        text(changed);
        told++;
      } catch (InvalidBcfException | EOFException e) {
        // These say that it is no BCF.
      }
    }
    assertTrue(told > 1000 && told < 19_000, told + " of 20000 were told");
  }
}
