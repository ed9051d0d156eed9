package org.healthbeam.pipelines.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.sdk.util.SerializableUtils;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.transforms.files.StrictFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PseudonymKeyTest {
  private static final String KEY = "0123456789abcdef0123";

  @TempDir Path folder;

  @Test
  void theKeyIsTheFileWithoutWhiteSpaceAtItsEndHereAndOnTheWorker() throws Exception {
    Path file = Files.writeString(folder.resolve("key"), KEY + " \n");
    PayloadHash read = PseudonymKey.read(file.toString());
    String expected = PayloadHash.keyed(KEY.getBytes(UTF_8)).pseudonym("p1");
    assertEquals(expected, read.pseudonym("p1"));
    assertEquals(expected, SerializableUtils.clone(read).pseudonym("p1"));
  }

  @Test
  void theFileGoesByItsNameWhateverStandsInIt() throws Exception {
    StrictFiles.register();
    StrictFiles.put("strict://keys/key[1]?", KEY);
    StrictFiles.put("strict://keys/key1a", "another key of enough bytes");
    PayloadHash read = PseudonymKey.read("strict://keys/key[1]?");
    String expected = PayloadHash.keyed(KEY.getBytes(UTF_8)).pseudonym("p1");
    assertEquals(expected, read.pseudonym("p1"));
    assertEquals(expected, SerializableUtils.clone(read).pseudonym("p1"));
    assertThrows(UsageException.class, () -> PseudonymKey.read("strict://keys/key*"));
  }

  @Test
  void theKeyDoesNotTravelWithTheJob() throws Exception {
    Path file = Files.writeString(folder.resolve("key"), KEY);
    byte[] job = SerializableUtils.serializeToByteArray(PseudonymKey.read(file.toString()));
    // Beam compresses what it serializes, so that the search alone would not prove it.
    Files.delete(file);
    assertFalse(new String(job, ISO_8859_1).contains(KEY));
    PayloadHash worker =
        (PayloadHash) SerializableUtils.deserializeFromByteArray(job, "a payload hash");
    String message =
        assertThrows(IllegalStateException.class, () -> worker.pseudonym("p1")).getMessage();
    assertTrue(message.contains("cannot be read on this worker"), message);
  }

  @Test
  void noFileIsNoKeyAndAFileThatIsNoKeyIsRefused() throws Exception {
    assertEquals("PayloadHash(salted)", PseudonymKey.read(null).toString());
    // Taken for no key, an empty name would give away whom the results are about.
    assertThrows(UsageException.class, () -> PseudonymKey.read(""));
    String absent = folder.resolve("absent").toString();
    assertThrows(UsageException.class, () -> PseudonymKey.read(absent));
    String brief = Files.writeString(folder.resolve("short"), "0123456789abcde\n").toString();
    assertThrows(UsageException.class, () -> PseudonymKey.read(brief));
    String large = Files.writeString(folder.resolve("large"), "x".repeat(4097)).toString();
    assertThrows(UsageException.class, () -> PseudonymKey.read(large));
  }
}
