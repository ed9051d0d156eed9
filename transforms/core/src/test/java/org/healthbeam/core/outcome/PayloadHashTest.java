package org.healthbeam.core.outcome;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayloadHashTest {
  private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
  private static final byte[] PAYLOAD = "a payload".getBytes(UTF_8);

  @TempDir Path folder;

  @Test
  void aKeyedHashIsHmacSha256OfThePayload() throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
    String expected = HexFormat.of().formatHex(mac.doFinal(PAYLOAD), 0, 16);
    assertEquals(expected, PayloadHash.keyed(KEY).hash("file", "1", PAYLOAD));
  }

  @Test
  void aKeyedHashRecognisesTheSamePayloadAnywhere() {
    PayloadHash hash = PayloadHash.keyed(KEY);
    assertEquals(hash.hash("a", "1", PAYLOAD), hash.hash("b", "2", PAYLOAD));
    assertNotEquals(
        hash.hash("a", "1", PAYLOAD),
        PayloadHash.keyed("another key of 16 bytes".getBytes(UTF_8)).hash("a", "1", PAYLOAD));
  }

  @Test
  void aSaltedHashDependsOnThePlaceAndOnNothingElse() {
    PayloadHash hash = PayloadHash.salted();
    String here = hash.hash("a", "1", PAYLOAD);
    assertEquals(here, PayloadHash.salted().hash("a", "1", PAYLOAD));
    assertNotEquals(here, hash.hash("a", "2", PAYLOAD));
    assertNotEquals(here, hash.hash("b", "1", PAYLOAD));
    // The parts of the place do not run into one another.
    assertNotEquals(hash.hash("a1", "2", PAYLOAD), hash.hash("a", "12", PAYLOAD));
  }

  @Test
  void aPseudonymNeedsAKey() {
    assertThrows(IllegalStateException.class, () -> PayloadHash.salted().pseudonym("p1"));
    PayloadHash hash = PayloadHash.keyed(KEY);
    assertEquals(hash.pseudonym("p1"), PayloadHash.keyed(KEY).pseudonym("p1"));
    assertNotEquals(hash.pseudonym("p1"), hash.pseudonym("p2"));
    assertTrue(hash.pseudonym("p1").matches("[0-9a-f]{32}"));
  }

  @Test
  void aPseudonymIsNotTheHashOfAPayloadThatIsTheIdentifier() {
    PayloadHash hash = PayloadHash.keyed(KEY);
    assertNotEquals(hash.pseudonym("p1"), hash.hash("a", "1", "p1".getBytes(UTF_8)));
  }

  @Test
  void aShortKeyIsRefusedAndTheKeyIsCopied() {
    assertThrows(IllegalArgumentException.class, () -> PayloadHash.keyed(new byte[15]));
    byte[] key = KEY.clone();
    PayloadHash hash = PayloadHash.keyed(key);
    key[0]++;
    assertEquals(PayloadHash.keyed(KEY).pseudonym("p1"), hash.pseudonym("p1"));
  }

  @Test
  void neverShowsItsKey() {
    assertEquals("PayloadHash(keyed)", PayloadHash.keyed(KEY).toString());
    assertFalse(PayloadHash.salted().toString().contains("healthbeam"));
  }

  @Test
  void afterTravellingItAnswersTheSameToManyThreads()
      throws IOException, ClassNotFoundException, InterruptedException, ExecutionException {
    PayloadHash before = PayloadHash.keyed(KEY);
    String expected = before.hash("a", "1", PAYLOAD);
    PayloadHash after = travelled(before);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> wrong = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        String mine = "p" + t;
        String pseudonym = before.pseudonym(mine);
        wrong.add(
            threads.submit(
                () -> {
                  int bad = 0;
                  for (int i = 0; i < 5_000; i++) {
                    bad += after.hash("a", "1", PAYLOAD).equals(expected) ? 0 : 1;
                    bad += after.pseudonym(mine).equals(pseudonym) ? 0 : 1;
                  }
                  return bad;
                }));
      }
      for (Future<Integer> bad : wrong) {
        assertEquals(0, bad.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aKeyInAFileStaysThereAndIsReadAgain() throws IOException, ClassNotFoundException {
    Path file = Files.write(folder.resolve("key"), KEY);
    PayloadHash before = PayloadHash.keyedFrom("key", new LocalKey(file.toString()));
    assertEquals(PayloadHash.keyed(KEY).pseudonym("p1"), before.pseudonym("p1"));
    assertTrue(holds(serialized(PayloadHash.keyed(KEY)), KEY), "the search finds nothing");
    assertFalse(holds(serialized(before), KEY));
    assertFalse(holds(serialized(before), HexFormat.of().formatHex(KEY).getBytes(UTF_8)));
    assertEquals(before.pseudonym("p1"), travelled(before).pseudonym("p1"));
    // Twice on the way, as between the driver and an operator.
    assertEquals(before.pseudonym("p1"), travelled(travelled(before)).pseudonym("p1"));
  }

  @Test
  void theDigestOfAKeyInAFileDiffersFromJobToJob() throws IOException {
    Path file = Files.write(folder.resolve("key"), KEY);
    LocalKey key = new LocalKey(file.toString());
    assertFalse(
        Arrays.equals(
            serialized(PayloadHash.keyedFrom("key", key)),
            serialized(PayloadHash.keyedFrom("key", key))));
  }

  @Test
  void aKeyThatIsAbsentOrAnotherOneOnTheWorkerFailsWithASentence()
      throws IOException, ClassNotFoundException {
    Path file = Files.write(folder.resolve("key"), KEY);
    PayloadHash before = PayloadHash.keyedFrom("the-key", new LocalKey(file.toString()));
    PayloadHash onAnother = travelled(before);
    Files.write(file, "another key of 16 bytes".getBytes(UTF_8));
    String another =
        assertThrows(IllegalStateException.class, () -> onAnother.pseudonym("p1")).getMessage();
    assertEquals(
        "The pseudonym key the-key is another one here than where the job was started", another);
    PayloadHash without = travelled(before);
    Files.delete(file);
    String absent =
        assertThrows(IllegalStateException.class, () -> without.hash("a", "1", PAYLOAD))
            .getMessage();
    assertEquals("The pseudonym key the-key cannot be read on this worker", absent);
  }

  @Test
  void aShortKeyInAFileIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("key"), new byte[15]);
    LocalKey key = new LocalKey(file.toString());
    assertThrows(IllegalArgumentException.class, () -> PayloadHash.keyedFrom("key", key));
  }

  private record LocalKey(String file) implements PayloadHash.KeyFile {
    @Override
    public byte[] read() throws IOException {
      return Files.readAllBytes(Path.of(file));
    }
  }

  private static boolean holds(byte[] all, byte[] part) {
    return new String(all, ISO_8859_1).contains(new String(part, ISO_8859_1));
  }

  private static byte[] serialized(PayloadHash hash) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(hash);
    }
    return bytes.toByteArray();
  }

  private static PayloadHash travelled(PayloadHash hash)
      throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(serialized(hash)))) {
      return (PayloadHash) in.readObject();
    }
  }
}
