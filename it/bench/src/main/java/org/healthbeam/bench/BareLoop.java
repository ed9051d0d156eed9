package org.healthbeam.bench;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.healthbeam.core.code.Answer;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.Condition;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapCompiler;
import org.healthbeam.core.code.OmopConcept;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.code.count.CodeTally;
import org.healthbeam.core.code.read.MapFormat;
import org.healthbeam.core.fhir.CodingInResource;
import org.healthbeam.core.fhir.FhirTranslator;
import org.healthbeam.core.fhir.TranslatedRecord;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.io.table.TsvLine;

/**
 * What {@code map-codes} does, as one loop over the lines of the files, without Beam: the same
 * resources, translations, coverage and counted codes, on one thread. It rejects nothing: a record
 * that cannot be used ends it.
 */
final class BareLoop {
  private static final String TRANSLATIONS =
      "resource_type\tresource_id\tpath\tsource_system\tsource_version\tsource_code\tsource_display"
          + "\toutcome\ttarget_system\ttarget_version\ttarget_code\ttarget_display\trelationship"
          + "\tmap_url\tmap_version\tsource\tposition\treason\ttaken\tfallback\tcondition\tasked_url"
          + "\tasked_version\tdepends_on\tproducts\tcomment\tconcept_id\tdomain_id\tcdm_table"
          + "\tsource_concept_id\tvalue_as_concept_id\tmaps\n";

  /** Columns that stay empty: the maps of the benchmarks have neither properties nor conditions. */
  private static final int BEFORE_COMMENT = 5;

  private static final int AFTER_CONCEPT = 5;
  private static final int NO_ANSWER = 13;

  private static final String CODES =
      "resource_type\tsource_system\tsource_version\tsource_code\tsource_display\toutcome\treason"
          + "\tn\tanswer\ttarget_system\ttarget_code\ttarget_display\trelationship\ttaken"
          + "\tfallback\tmap_url\tmap_version\tmaps\n";

  private final FhirTranslator translator;
  private final CodeTally codes = new CodeTally();
  private final TsvLine rows = new TsvLine();

  private BareLoop(FhirTranslator translator) {
    this.translator = translator;
  }

  /** Takes a folder of maps, one of NDJSON files and one for the results. */
  public static void main(String[] args)
      throws IOException, InvalidMapException, RejectedException {
    run(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]));
  }

  static void run(Path maps, Path input, Path output)
      throws IOException, InvalidMapException, RejectedException {
    BareLoop loop = new BareLoop(new FhirTranslator(read(maps), SeveralTargets.AMBIGUOUS));
    Files.createDirectories(output.resolve("resources"));
    try (OutputStream translations = buffered(output.resolve("translations.tsv"));
        Stream<Path> files = Files.list(input)) {
      translations.write(TRANSLATIONS.getBytes(StandardCharsets.UTF_8));
      for (Path file : files.sorted().toList()) {
        loop.map(file, output, translations);
      }
    }
    loop.writeCounts(output);
  }

  private static OutputStream buffered(Path file) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
  }

  private static CodeMap read(Path folder) throws IOException, InvalidMapException {
    try (MapCompiler compiler = new MapCompiler();
        Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        byte[] bytes = Files.readAllBytes(file);
        String version = "sha256:" + HexFormat.of().formatHex(Digests.sha256(bytes), 0, 6);
        MapFormat.ofName(file.toString())
            .orElseThrow()
            .read(new ByteArrayInputStream(bytes), file.toString(), version, compiler);
      }
      return CodeMap.over(List.of(compiler.compile()));
    }
  }

  private void map(Path file, Path output, OutputStream translations)
      throws IOException, RejectedException {
    Path resources = output.resolve("resources").resolve(file.getFileName());
    try (Lines in = new Lines(Files.newInputStream(file));
        OutputStream out = buffered(resources)) {
      String source = file.toAbsolutePath().toString();
      long line = 0;
      for (byte[] record = in.next(); record != null; record = in.next()) {
        line++;
        TranslatedRecord translated = translator.translate(record);
        out.write(translated.json());
        out.write('\n');
        for (CodingInResource coding : translated.codings()) {
          codes.add(coding.resourceType(), coding.translation());
          addRows(coding, source, Long.toString(line));
        }
        rows.writeTo(translations);
        rows.clear();
      }
    }
  }

  private void addRows(CodingInResource coding, String source, String line) {
    Translation translation = coding.translation();
    if (translation.answers().isEmpty()) {
      begin(coding);
      for (int i = 0; i < 7; i++) {
        rows.addMissing();
      }
      rows.add(source).add(line).add(translation.reason().code());
      addMissing(NO_ANSWER);
      rows.add(translation.maps()).next();
    }
    int number = 0;
    for (Answer answer : translation.answers()) {
      begin(coding);
      rows.add(answer.target().system())
          .add(answer.target().version())
          .add(answer.target().code())
          .add(answer.target().display())
          .add(answer.condition() == Condition.UNKNOWN ? "" : answer.relationship().code())
          .add(answer.map().url())
          .add(answer.map().version())
          .add(source)
          .add(line)
          .add(translation.reason().code())
          .add(number++ < translation.accepted())
          .add(answer.fallback());
      addMissing(BEFORE_COMMENT);
      boolean concept = answer.target().system().equals(OmopConcept.SYSTEM);
      rows.add(answer.detail().comment()).add(concept ? answer.target().code() : "");
      addMissing(AFTER_CONCEPT);
      rows.next();
    }
  }

  private void addMissing(int n) {
    for (int i = 0; i < n; i++) {
      rows.addMissing();
    }
  }

  private void begin(CodingInResource coding) {
    Translation translation = coding.translation();
    rows.add(coding.resourceType())
        .add(coding.resourceId())
        .add(coding.path())
        .add(translation.source().system())
        .add(translation.source().version())
        .add(translation.source().code())
        .add(translation.source().display())
        .add(translation.outcome().code());
  }

  private void writeCounts(Path output) throws IOException {
    Map<String, Long> coverage = new TreeMap<>();
    TsvLine lines = new TsvLine();
    codes.forEach(
        (type, translation, n) -> {
          coverage.merge(translation.system() + "\t" + translation.outcome().code(), n, Long::sum);
          addCode(lines, type, translation, n);
        });
    try (OutputStream out = buffered(output.resolve("codes.tsv"))) {
      out.write(CODES.getBytes(StandardCharsets.UTF_8));
      lines.writeTo(out);
    }
    try (OutputStream out = buffered(output.resolve("coverage.tsv"))) {
      out.write("source_system\toutcome\tn\n".getBytes(StandardCharsets.UTF_8));
      for (Map.Entry<String, Long> each : coverage.entrySet()) {
        out.write((each.getKey() + "\t" + each.getValue() + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static void addCode(TsvLine lines, String type, Translation translation, long n) {
    if (translation.answers().isEmpty()) {
      beginCode(lines, type, translation, n).add(0L);
      for (int i = 0; i < 8; i++) {
        lines.addMissing();
      }
      lines.add(translation.maps()).next();
    }
    int number = 0;
    for (Answer answer : translation.answers()) {
      beginCode(lines, type, translation, n)
          .add((long) ++number)
          .add(answer.target().system())
          .add(answer.target().code())
          .add(answer.target().display())
          .add(answer.condition() == Condition.UNKNOWN ? "" : answer.relationship().code())
          .add(number <= translation.accepted())
          .add(answer.fallback())
          .add(answer.map().url())
          .add(answer.map().version())
          .addMissing()
          .next();
    }
  }

  private static TsvLine beginCode(TsvLine lines, String type, Translation translation, long n) {
    return lines
        .add(type)
        .add(translation.system())
        .add(translation.source().version())
        .add(translation.source().code())
        .add(translation.source().display())
        .add(translation.outcome().code())
        .add(translation.reason().code())
        .add(n);
  }
}
