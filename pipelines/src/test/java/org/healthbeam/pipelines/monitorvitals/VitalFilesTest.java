package org.healthbeam.pipelines.monitorvitals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.healthbeam.core.vital.read.CsvColumns;
import org.healthbeam.pipelines.run.UsageException;
import org.healthbeam.transforms.files.StrictFiles;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class VitalFilesTest {
  @BeforeAll
  static void register() {
    StrictFiles.register();
  }

  @Test
  void aFileThatAnOptionNamesGoesByItsName() throws Exception {
    StrictFiles.put("strict://lists/scale[2]", "\uFEFFann\nbob\n");
    StrictFiles.put("strict://lists/scale2", "somebody else\n");
    assertEquals(
        List.of("ann", "bob"), VitalSettings.lines("spo2Scale2", "strict://lists/scale[2]"));
    assertThrows(
        UsageException.class, () -> VitalSettings.lines("spo2Scale2", "strict://lists/scale*"));
  }

  @Test
  void filesThatWereFoundAreOpenedByTheirNames() throws Exception {
    StrictFiles.put("strict://vitals/ward[3]", " {\"resourceType\":\"Observation\"}");
    StrictFiles.put("strict://vitals/what?", "who,subject\n1,a\n");
    VitalFiles files = VitalFiles.of(List.of("strict://vitals/"));
    assertEquals(List.of("strict://vitals/ward[3]"), files.json());
    assertEquals(List.of("strict://vitals/what?"), files.tables());
    assertEquals(
        "who,subject", new FileHeaders(CsvColumns.standard()).headerOf("strict://vitals/what?"));
  }
}
