package org.healthbeam.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapCompiler;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.read.MapTable;
import org.healthbeam.core.fhir.CodingInResource;
import org.healthbeam.core.fhir.FhirTranslator;
import org.healthbeam.core.outcome.RejectedException;

/** Maps for records that are given: every second code of each system has one target. */
final class PatientMaps {
  private static final String HEADER =
      "source_system\tsource_code\ttarget_system\ttarget_code\ttarget_display\n";
  private static final String ROW = "%s\t%s\thttp://example.org/target\tt-%s\tTarget of %s\n";

  private PatientMaps() {}

  static CodeMap everySecondCodeOf(Iterable<byte[]> records)
      throws InvalidMapException, RejectedException, IOException {
    NavigableMap<String, NavigableSet<String>> codes = new TreeMap<>();
    CodeMap nothingMuch = compile(HEADER + ROW.formatted("urn:none", "none", "none", "none"));
    FhirTranslator finder = new FhirTranslator(nothingMuch, SeveralTargets.ALL);
    for (byte[] record : records) {
      for (CodingInResource coding : finder.translate(record).codings()) {
        String system = coding.translation().system();
        String code = coding.translation().source().code();
        if (!system.isEmpty() && !code.isEmpty()) {
          codes.computeIfAbsent(system, s -> new TreeSet<>()).add(code);
        }
      }
    }
    StringBuilder table = new StringBuilder(HEADER);
    codes.forEach(
        (system, ofSystem) -> {
          int i = 0;
          for (String code : ofSystem) {
            if (i++ % 2 == 0) {
              table.append(ROW.formatted(system, code, code, code));
            }
          }
        });
    return compile(table.toString());
  }

  private static CodeMap compile(String table) throws InvalidMapException, IOException {
    try (MapCompiler compiler = new MapCompiler()) {
      byte[] bytes = table.getBytes(StandardCharsets.UTF_8);
      MapTable.read(new ByteArrayInputStream(bytes), '\t', "benchmark.tsv", "1", compiler);
      return CodeMap.over(List.of(compiler.compile()));
    }
  }
}
