package org.healthbeam.core.outcome;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.annotation.Nullable;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A keyed hash (HMAC-SHA-256, RFC 2104) of payloads and subject identifiers.
 *
 * <p>With a key of the user's ({@link #keyedFrom}, {@link #keyed}) nobody without the key can test
 * a guess. Without one ({@link #salted}) the place of the record is the salt: the same input gives
 * the same bytes in every run, tables made beforehand are useless, but somebody who holds the
 * record can recognise it.
 */
public final class PayloadHash implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String ALGORITHM = "HmacSHA256";
  private static final byte[] PUBLIC_KEY = "healthbeam".getBytes(StandardCharsets.UTF_8);
  private static final byte[] PSEUDONYM = "pseudonym\0".getBytes(StandardCharsets.UTF_8);
  private static final int HASH_BYTES = 16;
  private static final int SHORTEST_KEY = 16;
  private static final int SALT_BYTES = 16;

  /** The key itself, or null if it stays where the reference says. */
  @Nullable private final byte[] key;

  @Nullable private final Reference reference;
  private final boolean saltedByPlace;
  private transient Mac mac;

  /** Reads a key from where it is kept; travels with the job in the key's place. */
  @FunctionalInterface
  public interface KeyFile extends Serializable {
    /**
     * {@return the key, the same bytes at every call and on every machine}
     *
     * @throws IOException if it cannot be read here
     */
    byte[] read() throws IOException;
  }

  /** Where the key is, and what tells another key from it without telling the key. */
  private record Reference(String name, KeyFile file, String salt, String digest)
      implements Serializable {
    byte[] key() {
      byte[] read;
      try {
        read = file.read();
      } catch (IOException e) {
        throw new IllegalStateException(
            "The pseudonym key " + name + " cannot be read on this worker", e);
      }
      if (!digest.equals(digestOf(salt, read))) {
        throw new IllegalStateException(
            "The pseudonym key " + name + " is another one here than where the job was started");
      }
      return read;
    }
  }

  private PayloadHash(@Nullable byte[] key, @Nullable Reference reference, boolean saltedByPlace) {
    this.key = key;
    this.reference = reference;
    this.saltedByPlace = saltedByPlace;
  }

  /**
   * {@return a hash with the user's key, of at least 16 bytes, that stays in its file: what is
   * serialized is the name, how to read it, and a salted digest} Each machine reads the key when it
   * first needs it, and fails if it is absent there or another one.
   *
   * @param name of the file, for messages
   * @param file reads the key; is serialized with the hash
   * @throws IOException if the key cannot be read here
   */
  public static PayloadHash keyedFrom(String name, KeyFile file) throws IOException {
    byte[] read = longEnough(file.read());
    byte[] random = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(random);
    String salt = HexFormat.of().formatHex(random);
    PayloadHash hash =
        new PayloadHash(null, new Reference(name, file, salt, digestOf(salt, read)), false);
    hash.mac = macWith(read);
    return hash;
  }

  /**
   * {@return a hash with the user's key, of at least 16 bytes}
   *
   * <p>Serialized, it holds the key: everybody who may see the job, its staged files or its
   * checkpoints can read it. {@link #keyedFrom} does not have this fault.
   *
   * @param key of which a copy is taken
   */
  public static PayloadHash keyed(byte[] key) {
    return new PayloadHash(longEnough(key).clone(), null, false);
  }

  /** {@return a hash without a secret, salted by the place of each record} */
  public static PayloadHash salted() {
    return new PayloadHash(PUBLIC_KEY, null, true);
  }

  private static byte[] longEnough(byte[] key) {
    if (key.length < SHORTEST_KEY) {
      throw new IllegalArgumentException(
          "key has " + key.length + " bytes; a keyed hash needs " + SHORTEST_KEY + " or more");
    }
    return key;
  }

  private static String digestOf(String salt, byte[] key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(key));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The Java platform lacks SHA-256", e);
    }
  }

  /**
   * {@return 32 hexadecimal digits for a payload that stood at this place}
   *
   * @param source the file, topic or other origin
   * @param position where in the source it stood
   * @param payload is not changed and not kept
   */
  public synchronized String hash(String source, String position, byte[] payload) {
    Mac hmac = mac();
    if (saltedByPlace) {
      hmac.update(source.getBytes(StandardCharsets.UTF_8));
      hmac.update((byte) 0);
      hmac.update(position.getBytes(StandardCharsets.UTF_8));
      hmac.update((byte) 0);
    }
    return HexFormat.of().formatHex(hmac.doFinal(payload), 0, HASH_BYTES);
  }

  /**
   * {@return the pseudonym of an identifier: the same one wherever the identifier occurs, and never
   * the hash of a payload that consists of the identifier}
   *
   * @param identifier of a subject or a resource, as the data has it
   * @throws IllegalStateException without a key of the user's: everybody could test guesses
   */
  public synchronized String pseudonym(String identifier) {
    if (saltedByPlace) {
      throw new IllegalStateException("A pseudonym needs a key; this hash has none");
    }
    Mac hmac = mac();
    hmac.update(PSEUDONYM);
    return HexFormat.of()
        .formatHex(hmac.doFinal(identifier.getBytes(StandardCharsets.UTF_8)), 0, HASH_BYTES);
  }

  private Mac mac() {
    if (mac == null) {
      mac = macWith(reference == null ? key : reference.key());
    }
    return mac;
  }

  private static Mac macWith(byte[] key) {
    try {
      Mac made = Mac.getInstance(ALGORITHM);
      made.init(new SecretKeySpec(key, ALGORITHM));
      return made;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The Java platform lacks " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return saltedByPlace ? "PayloadHash(salted)" : "PayloadHash(keyed)";
  }
}
