package org.healthbeam.bench;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
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
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.code.read.MapFormat;
import org.healthbeam.core.fhir.CodingInResource;
import org.healthbeam.core.fhir.FhirTranslator;
import org.healthbeam.core.fhir.TranslatedRecord;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.io.table.TsvLine;

/**
 * What {@code map-codes} does, as one loop over the lines of the files, without Beam: the same
 * resources, translations and coverage, on one thread. It rejects nothing: a record that cannot be
 * used ends it.
 */
final class BareLoop {
  private static final String TRANSLATIONS =
      "resource_type\tresource_id\tpath\tsource_system\tsource_version\tsource_code\tsource_display"
          + "\toutcome\ttarget_system\ttarget_version\ttarget_code\ttarget_display\trelationship"
          + "\tmap_url\tmap_version\tsource\tposition\n";

  private final FhirTranslator translator;
  private final Map<String, Long> coverage = new TreeMap<>();

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
    try (BufferedWriter translations = Files.newBufferedWriter(output.resolve("translations.tsv"));
        Stream<Path> files = Files.list(input)) {
      translations.write(TRANSLATIONS);
      for (Path file : files.sorted().toList()) {
        loop.map(file, output, translations);
      }
    }
    loop.writeCoverage(output.resolve("coverage.tsv"));
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

  private void map(Path file, Path output, BufferedWriter translations)
      throws IOException, RejectedException {
    Path resources = output.resolve("resources").resolve(file.getFileName());
    try (Lines in = new Lines(Files.newInputStream(file));
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(resources), 1 << 16)) {
      String source = file.toAbsolutePath().toString();
      long line = 0;
      for (byte[] record = in.next(); record != null; record = in.next()) {
        line++;
        TranslatedRecord translated = translator.translate(record);
        out.write(translated.json());
        out.write('\n');
        for (CodingInResource coding : translated.codings()) {
          count(coding.translation());
          write(coding, source, Long.toString(line), translations);
        }
      }
    }
  }

  private void count(Translation translation) {
    coverage.merge(translation.system() + "\t" + translation.outcome().code(), 1L, Long::sum);
  }

  private static void write(CodingInResource coding, String source, String line, BufferedWriter out)
      throws IOException {
    Translation translation = coding.translation();
    if (translation.answers().isEmpty()) {
      TsvLine row = beginning(coding);
      for (int i = 0; i < 7; i++) {
        row.addMissing();
      }
      out.write(row.add(source).add(line).toString());
      out.write('\n');
    }
    for (Answer answer : translation.answers()) {
      out.write(
          beginning(coding)
              .add(answer.target().system())
              .add(answer.target().version())
              .add(answer.target().code())
              .add(answer.target().display())
              .add(answer.condition() == Condition.UNKNOWN ? "" : answer.relationship().code())
              .add(answer.map().url())
              .add(answer.map().version())
              .add(source)
              .add(line)
              .toString());
      out.write('\n');
    }
  }

  private static TsvLine beginning(CodingInResource coding) {
    Translation translation = coding.translation();
    return new TsvLine()
        .add(coding.resourceType())
        .add(coding.resourceId())
        .add(coding.path())
        .add(translation.source().system())
        .add(translation.source().version())
        .add(translation.source().code())
        .add(translation.source().display())
        .add(translation.outcome().code());
  }

  private void writeCoverage(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write("source_system\toutcome\tn\n");
      for (Map.Entry<String, Long> each : coverage.entrySet()) {
        out.write(each.getKey() + "\t" + each.getValue() + "\n");
      }
    }
  }
}
