package org.healthbeam.io.bgzf;

/**
 * Inflates the data of one block at a time (RFC 1951). One object serves one thread and is reused.
 */
public interface BlockInflater extends AutoCloseable {

  /**
   * Inflates a stream that must fill its place exactly.
   *
   * @param from holds the stream
   * @param at where it begins there
   * @param length how many bytes it has
   * @param to takes what it inflates to, from its beginning
   * @param size how many bytes that must come to
   * @return whether the stream used all its input, ended, and gave {@code size} bytes
   */
  boolean inflate(byte[] from, int at, int length, byte[] to, int size);

  @Override
  void close();

  /**
   * The JVM's property that, set to true, keeps native libraries out: {@code
   * -Dhealthbeam.javaInflater=true}.
   */
  String JAVA_ONLY = "healthbeam.javaInflater";

  /** {@return the fastest that this machine has; all judge the same blocks to be damaged} */
  static BlockInflater fastest() {
    return NativeInflater.isHere() ? new NativeInflater() : ofPlatform();
  }

  /** {@return one that the Java platform has} */
  static BlockInflater ofPlatform() {
    return new PlatformInflater();
  }
}
