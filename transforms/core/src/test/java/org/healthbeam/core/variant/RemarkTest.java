package org.healthbeam.core.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.healthbeam.core.variant.vcf.Remark;
import org.healthbeam.core.variant.vcf.Severity;
import org.healthbeam.core.variant.vcf.VcfRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What breaks a rule and yet costs no record is a remark with its place. */
class RemarkTest {
  private static final String RECORD = "1 9 . A C . . . GT 0/1";
  private static final String CHROM_LINE =
      "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\n";
  private static final String DESCRIBED = ",Description=\"x\">";

  /**
   * A file that breaks a rule once.
   *
   * @param minor its version
   * @param header a line of its header, or nothing
   * @param records its records, with spaces for tabs and ~ for a space
   * @param line where it is broken
   */
  record Broken(int minor, String header, String records, long line) {
    static Broken header(int minor, String header) {
      return new Broken(minor, header, RECORD, 2);
    }

    static Broken record(int minor, String records) {
      return new Broken(minor, "", records, 3);
    }

    byte[] text() {
      boolean marked = header.equals("\u00EF\u00BB\u00BF");
      String first = (marked ? header : "") + "##fileformat=VCFv4." + minor + "\n";
      String declared = marked || header.isEmpty() ? "" : header + "\n";
      String body = records.replace(' ', '\t').replace('~', ' ') + "\n";
      // Latin-1, for bytes that are not UTF-8.
      return (first + declared + CHROM_LINE + body).getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  static final Map<VcfRule, Broken> TRIED =
      Map.ofEntries(
          Map.entry(VcfRule.BYTE_ORDER_MARK, new Broken(2, "\u00EF\u00BB\u00BF", RECORD, 1)),
          Map.entry(VcfRule.META_LINE, Broken.header(2, "##reference=")),
          Map.entry(VcfRule.META_UTF_8, Broken.header(3, "##source=a\u00E9b")),
          Map.entry(VcfRule.META_SYNTAX, Broken.header(2, "##INFO=<ID=X,Number=1")),
          Map.entry(VcfRule.META_ID, Broken.header(2, "##contig=<length=5>")),
          Map.entry(VcfRule.META_DESCRIPTION, Broken.header(2, "##FILTER=<ID=q,Description=x>")),
          Map.entry(
              VcfRule.META_NUMBER,
              Broken.header(2, "##INFO=<ID=X,Number=LA,Type=Float" + DESCRIBED)),
          Map.entry(
              VcfRule.META_TYPE, Broken.header(2, "##FORMAT=<ID=X,Number=0,Type=Flag" + DESCRIBED)),
          Map.entry(
              VcfRule.META_TWICE,
              new Broken(3, "##contig=<ID=1>\n##contig=<ID=1,length=9>", RECORD, 3)),
          Map.entry(
              VcfRule.META_ORDER, Broken.header(2, "##FILTER=<ID=q,Since=2,Description=\"x\">")),
          Map.entry(
              VcfRule.META_RESERVED,
              Broken.header(2, "##INFO=<ID=AC,Number=1,Type=Integer" + DESCRIBED)),
          Map.entry(VcfRule.META_ALT, Broken.header(2, "##ALT=<ID=BND" + DESCRIBED)),
          Map.entry(VcfRule.META_URL, Broken.header(2, "##assembly=ftp://8080:8080/a.fa")),
          Map.entry(VcfRule.META_SAMPLE, Broken.header(2, "##SAMPLE=<ID=S1,Mixture=.5;.5>")),
          Map.entry(VcfRule.META_PEDIGREE, Broken.header(2, "##PEDIGREE=<Name_0=a b>")),
          Map.entry(
              VcfRule.CHROM_APART,
              new Broken(2, "", RECORD + "\n2 9 . A C . . . GT .\n" + RECORD, 5)),
          Map.entry(VcfRule.POS_ORDER, new Broken(2, "", RECORD + "\n1 8 . A C . . . GT .", 4)),
          Map.entry(VcfRule.ALT_AGAIN, new Broken(2, "", "1 8 . GA GC . . . GT .\n" + RECORD, 4)),
          Map.entry(VcfRule.INFO_TYPE, Broken.record(2, "1 9 . A C . . DB=2 GT 0/1")),
          Map.entry(VcfRule.INFO_NUMBER, Broken.record(2, "1 9 . A C . . AF=.1,.2 GT 0/1")),
          Map.entry(VcfRule.INFO_RANGE, Broken.record(2, "1 9 . A C . . AF=1.01 GT 0/1")),
          Map.entry(VcfRule.INFO_CIGAR, Broken.record(2, "1 9 . A C . . CIGAR=3M1 GT 0/1")),
          Map.entry(VcfRule.INFO_SPACE, Broken.record(2, "1 9 . A C . . X=a~b GT 0/1")),
          Map.entry(VcfRule.INFO_EQUALS, Broken.record(3, "1 9 . A C . . X=a=b GT 0/1")),
          Map.entry(VcfRule.INFO_PERCENT, Broken.record(3, "1 9 . A C . . X=5%,%3B GT 0/1")),
          Map.entry(VcfRule.INFO_UTF_8, Broken.record(3, "1 9 . A C . . X=a\u00E9b GT 0/1")),
          Map.entry(VcfRule.INFO_TWICE, Broken.record(3, "1 9 . A C . . NS=1;NS=1 GT 0/1")),
          Map.entry(VcfRule.FORMAT_UNDERSCORE, Broken.record(2, "1 9 . A C . . . GT:A_B 0/1:2")),
          Map.entry(VcfRule.FORMAT_LAA, Broken.record(5, "1 9 . A C . . . GT:LAD 0/1:2")),
          Map.entry(VcfRule.SAMPLE_TYPE, Broken.record(2, "1 9 . A C . . . GT:PL 0/1:1,x,3")),
          Map.entry(VcfRule.SAMPLE_NUMBER, Broken.record(2, "1 9 . A C . . . GT:PL 0/1:1,2")),
          Map.entry(VcfRule.SAMPLE_RANGE, Broken.record(2, "1 9 . A C . . . GT:PL 0/1:10,-1,30")),
          Map.entry(VcfRule.SAMPLE_FT, Broken.record(2, "1 9 . A C . . . GT:FT 0/1:q10;")));

  static Stream<Arguments> tried() {
    return TRIED.entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
  }

  private static VcfText scan(Broken file, OnInvalid policy) {
    return VcfText.scan(file.text(), policy, Filters.all(), Regions.none());
  }

  @ParameterizedTest
  @MethodSource("tried")
  void isCountedWithItsFirstPlaceAndCostsNoRecord(VcfRule rule, Broken file) {
    for (OnInvalid policy : List.of(OnInvalid.SKIP, OnInvalid.REPAIR)) {
      VcfText text = scan(file, policy);
      assertEquals(Map.of(), text.rejects);
      assertTrue(
          text.remarks.all().contains(new Remark(rule, file.line(), rule.column(), 1)),
          () -> text.remarks.all().toString());
      assertEquals(
          file.records().split("\n").length, text.sites().get(SiteCounter.RECORDS), "records");
    }
  }

  @ParameterizedTest
  @MethodSource("tried")
  void failsAStrictRunIfAValueOrDeclarationIsWrong(VcfRule rule, Broken file) {
    VcfText text = scan(file, OnInvalid.STRICT);
    assertEquals(
        rule.severity() == Severity.VALUE ? List.of(rule.detail()) : List.of(),
        List.copyOf(text.rejects.values()));
  }

  @Test
  void isCountedOnceForARecordAndNamesTheFirstSample() {
    byte[] text =
        VcfText.text(
            3, "1 9 . A C . . . GT:PL 0/1:1,2,3 0/1:1 0/1:2", "1 10 . A C . . . GT:PL . . .:5,6");
    assertEquals(
        List.of(new Remark(VcfRule.SAMPLE_NUMBER, 3, 11, 1)), VcfText.scan(text).remarks.all());
  }

  /** Version, FORMAT, value, and the rules that are broken. */
  @ParameterizedTest
  @CsvSource({
    "2, AD, '0,-0', ''", // Not reserved before 4.3, and so anything.
    "2, AD, '-1,x', ''",
    "3, AD, '-1,2', SAMPLE_RANGE",
    "3, AD, '.,2', ''",
    "3, AD, '-0,2', ''",
    "3, AD, '1,2,3', SAMPLE_NUMBER",
    "3, AD, '1,-2,3', SAMPLE_NUMBER SAMPLE_RANGE",
    "3, AD, '1,2.5', SAMPLE_TYPE",
    "2, PL, '0,-3,30', SAMPLE_RANGE",
    "2, GP, '0,3,30', ''",
    "2, GP, '0,-3,30', SAMPLE_RANGE",
    "3, GP, '0,.3,.7', ''",
    "3, GP, '0,3,30', SAMPLE_RANGE",
    "3, GP, '0,-.1,1.1', SAMPLE_RANGE",
    "2, HQ, '-5,7', SAMPLE_RANGE",
    "2, PS, '-5', SAMPLE_RANGE",
    "2, GL, '-5,-1,-.5', ''",
    "2, FT, 'PASS', ''",
    "2, FT, '.', ''",
    "2, FT, 'a;b', ''",
    "2, FT, 'a b', SAMPLE_FT",
    "2, FT, ';a', SAMPLE_FT",
    "5, LPL, '0,-1,3', SAMPLE_RANGE"
  })
  void valuesOfSamplesAreJudgedByVersion(int minor, String key, String value, String rules) {
    String format = key.startsWith("L") ? "GT:LAA:" + key : "GT:" + key;
    String sample = key.startsWith("L") ? "0/1:1:" + value : "0/1:" + value;
    VcfText text =
        scan(
            Broken.record(
                minor, "1 9 . A C . . . %s %s".formatted(format, sample.replace(' ', '~'))),
            OnInvalid.SKIP);
    assertEquals(Map.of(), text.rejects);
    assertEquals(
        rules,
        text.remarks.all().stream()
            .map(remark -> remark.rule().name())
            .collect(Collectors.joining(" ")));
  }

  @ParameterizedTest
  @CsvSource({
    "3, 'a%3Bb', ''",
    "3, 'a%3bb', ''",
    "3, '%', INFO_PERCENT",
    "3, 'a%3', INFO_PERCENT",
    "3, '50%,1', INFO_PERCENT",
    "2, '50%,1', ''",
    "3, '=', INFO_EQUALS",
    "3, 'c.1A=;Y=3', INFO_EQUALS",
    "2, 'c.1A=;Y=3', ''",
    "2, 'a\u00E9b', ''",
    "3, 'a\u00C3\u00A9b', ''",
    "3, 'a\u0007b', INFO_UTF_8",
    "2, 'a\u0007b', ''",
    "3, 'a\u00E9=5%', INFO_EQUALS INFO_PERCENT INFO_UTF_8"
  })
  void textOfInfoIsJudgedByVersion(int minor, String value, String rules) {
    VcfText text =
        scan(Broken.record(minor, "1 9 . A C . . X=" + value + " GT 0/1"), OnInvalid.SKIP);
    assertEquals(Map.of(), text.rejects);
    assertEquals(
        rules,
        text.remarks.all().stream()
            .map(remark -> remark.rule().name())
            .collect(Collectors.joining(" ")));
  }

  @Test
  void isLostWithTheRecordIfThatIsRejected() {
    VcfText text = VcfText.records(1, "1 9 . A C . . AF=2 GT 0/x");
    assertEquals(1, text.rejects.size());
    assertEquals(List.of(), text.remarks.all());
  }

  @Test
  void aDeclarationThatIsBrokenDeclaresNothing() {
    String header = "##INFO=<ID=X,Number=1,Type=Int" + DESCRIBED;
    VcfText text = scan(Broken.header(2, header), OnInvalid.SKIP);
    assertEquals(Map.of(), text.header.declarations().info());
    assertEquals(1, text.remarks.all().size());
  }

  @Test
  void theHeadersDeclarationComesBeforeTheSpecifications() {
    String header = "##FORMAT=<ID=PL,Number=.,Type=Integer" + DESCRIBED;
    VcfText text = scan(new Broken(2, header, "1 9 . A C . . . GT:PL 0/1:1,2", 2), OnInvalid.SKIP);
    assertEquals(List.of(new Remark(VcfRule.META_RESERVED, 2, 0, 1)), text.remarks.all());
  }

  /** Values of one key of one sample, as VCF 4.N declares it or the specification reserves it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // minor; Number; Type; genotype; value; right
        "2; 1; Integer; 0/1; -2147483640; true",
        "2; 1; Integer; 0/1; -2147483641; false",
        "2; 1; Integer; 0/1; 2147483647; true",
        "2; 1; Integer; 0/1; 2147483648; false",
        "2; 1; Integer; 0/1; +7; true",
        "2; 1; Integer; 0/1; 1.0; false",
        "2; 1; Integer; 0/1; .; true",
        "2; 2; Integer; 0/1; .; true",
        "2; 2; Integer; 0/1; .,4; true",
        "2; 2; Integer; 0/1; 4,; false",
        "2; 2; Integer; 0/1; ,4; false",
        "2; 1; Float; 0/1; 1e-5; true",
        "2; 1; Float; 0/1; -.5; true",
        "2; 1; Float; 0/1; NaN; true",
        "2; 1; Float; 0/1; +Infinity; true",
        "2; 1; Float; 0/1; 1e; false",
        "2; 1; Float; 0/1; 1-2; false",
        "2; 1; Float; 0/1; --1; false",
        "2; 3; Float; 0/1; 1,2.5,.; true",
        "2; .; Character; 0/1; a,b; true",
        "2; 1; Character; 0/1; ab; false",
        "3; 1; Character; 0/1; %2C; true",
        "2; 1; String; 0/1; ab; true",
        "2; 1; String; 0/1; a,b; false",
        "2; 1; String; 0/1; ^b,c^; true",
        "2; A; Integer; 0/1; 1,2; true",
        "2; A; Integer; 0/1; 1; false",
        "2; R; Integer; 0/1; 1,2,3; true",
        "2; R; Integer; 0/1; 1,2; false",
        "2; G; Integer; 0/1; 1,2,3,4,5,6; true",
        "2; G; Integer; 0/1; 1,2,3,4,5; false",
        "2; G; Integer; 0; 1,2,3; true",
        "2; G; Integer; 0; 1,2; false",
        "2; G; Integer; 0/0/1; 1,2,3,4,5,6,7,8,9,10; true",
        "2; G; Integer; ./.; 1,2,3,4,5; false",
        "2; G; Integer; .; 1,2,3,4,5; true",
        "4; P; Integer; 0/0/1; 1,2,3; true",
        "4; P; Integer; 0/0/1; 1,2; false",
        "4; P; Integer; |0/1; 1,2; true",
      })
  void aValueIsJudgedByNumberAndType(
      int minor, String number, String type, String genotype, String value, boolean right) {
    String header = "##FORMAT=<ID=X,Number=" + number + ",Type=" + type + DESCRIBED;
    String record = "1 9 . A C,G . . . GT:X " + genotype + ":" + value.replace('^', '"');
    VcfText text = scan(new Broken(minor, header, record, 3), OnInvalid.SKIP);
    assertEquals(Map.of(), text.rejects);
    assertEquals(right, text.remarks.all().isEmpty(), () -> text.remarks.all().toString());
  }

  /** The example of VCF 4.5, 1.6.2, and the same ones with a value too few or too many. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "2/4:2,4:20,30,10:90,80,0,100,110,120; true",
        "0/3:3:15,25:40,0,80; true",
        "0/0::30:0; true",
        "0/0:.:30:0; true",
        "0/3:3:15:40,0,80; false",
        "0/3:3:15,25:40,0,80,90; false",
        "0/0:.:30:0,1; false",
      })
  void localAllelesAreCountedByLaa(String sample, boolean right) {
    String record = "1 9 . A C,G,T,<*> . . . GT:LAA:LAD:LPL " + sample;
    VcfText text = scan(Broken.record(5, record), OnInvalid.SKIP);
    assertEquals(Map.of(), text.rejects);
    assertEquals(right, text.remarks.all().isEmpty(), () -> text.remarks.all().toString());
  }

  @Test
  void aBlockOfAGvcfIsRightInEveryVersion() {
    for (int minor = 1; minor <= 5; minor++) {
      String key = minor < 3 ? "MQ" : "MIN_DP";
      String records =
          "1 9 . A <NON_REF> . . END=20 GT:DP:GQ:%s:PL 0/0:7:9:5:0,9,99\n".formatted(key)
              + "1 21 . A C,<*> . . . GT:AD:DP:GQ:PL 0/1:3,4,0:7:9:1,0,2,3,4,5";
      String header = "##ALT=<ID=NON_REF" + DESCRIBED;
      VcfText text = scan(new Broken(minor, header, records, 0), OnInvalid.STRICT);
      assertEquals(Map.of(), text.rejects);
      assertEquals(List.of(), text.remarks.all());
      assertEquals(12 + 1, text.sites().get(SiteCounter.CALLED_BASES));
    }
  }
}
