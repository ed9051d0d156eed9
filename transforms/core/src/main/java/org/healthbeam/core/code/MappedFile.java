package org.healthbeam.core.code;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Objects;

/**
 * A file that is mapped into memory and shares its pages with whoever writes into it. It notices
 * that somebody has, by its length, its first bytes and its time. Another file that takes its name
 * is no change: what is mapped stays as it is.
 */
final class MappedFile {
  private final Path path;
  private final String name;
  // Not a channel: an interrupt of one thread would close it for all.
  private final RandomAccessFile file;
  private final Object key;
  private final FileTime modified;
  private final long length;
  private final byte[] head;

  private MappedFile(Path path, String name, RandomAccessFile file) throws IOException {
    this.path = path;
    this.name = name;
    this.file = file;
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    this.key = attributes.fileKey();
    this.modified = attributes.lastModifiedTime();
    this.length = file.length();
    this.head = head();
  }

  /**
   * Opens a file; it is closed when nobody has it any more.
   *
   * @param name of it, for messages
   */
  static MappedFile open(Path path, String name) throws IOException {
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
    try {
      return new MappedFile(path, name, file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  void close() throws IOException {
    file.close();
  }

  FileChannel channel() {
    return file.getChannel();
  }

  String name() {
    return name;
  }

  private byte[] head() throws IOException {
    byte[] bytes = new byte[(int) Math.min(file.length(), CompiledMaps.HEADER)];
    file.seek(0);
    int n = file.read(bytes);
    return n < bytes.length ? Arrays.copyOf(bytes, Math.max(0, n)) : bytes;
  }

  /** {@return whether somebody has written into the file since it was opened} */
  synchronized boolean hasChanged() {
    try {
      return file.length() != length || !Arrays.equals(head(), head) || isOfAnotherTime();
    } catch (IOException e) {
      return true;
    }
  }

  private boolean isOfAnotherTime() {
    try {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      return key != null
          && Objects.equals(key, now.fileKey())
          && !now.lastModifiedTime().equals(modified);
    } catch (IOException gone) {
      // Its name was taken away or given to another file, as it should be.
      return false;
    }
  }
}
