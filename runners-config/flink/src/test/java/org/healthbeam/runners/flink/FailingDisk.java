package org.healthbeam.runners.flink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.io.FileSystem;
import org.apache.beam.sdk.io.FileSystemRegistrar;
import org.apache.beam.sdk.io.fs.CreateOptions;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptions;

/** Local files, read under {@code failing://}, whose reading fails as often as a test asks. */
final class FailingDisk extends FileSystem<FailingDisk.Name> {
  private static final String SCHEME = "failing";

  /** So many bytes of a file are read before it fails. */
  static final int BYTES = 1 << 20;

  private static final AtomicInteger FAILURES = new AtomicInteger();

  /** Fails so many times from now on. */
  static void fail(int times) {
    FAILURES.set(times);
  }

  /** Returns how often it is still to fail. */
  static int failuresLeft() {
    return Math.max(0, FAILURES.get());
  }

  /** Returns how to call a local file. */
  static String name(Path file) {
    return SCHEME + "://" + file;
  }

  /** Makes the disk known. */
  public static final class Registrar implements FileSystemRegistrar {
    @Override
    public Iterable<FileSystem<?>> fromOptions(PipelineOptions options) {
      return List.of(new FailingDisk());
    }
  }

  /** The name of a file. */
  record Name(String text) implements ResourceId {
    private static final long serialVersionUID = 1L;

    Path path() {
      return Path.of(text.substring(text.indexOf("://") + 3));
    }

    @Override
    public ResourceId resolve(String other, ResolveOptions options) {
      return new Name(text + "/" + other);
    }

    @Override
    public ResourceId getCurrentDirectory() {
      return new Name(name(path().getParent()) + "/");
    }

    @Override
    public String getScheme() {
      return SCHEME;
    }

    @Override
    public String getFilename() {
      return path().getFileName().toString();
    }

    @Override
    public boolean isDirectory() {
      return text.endsWith("/");
    }

    @Override
    public String toString() {
      return text;
    }
  }

  @Override
  protected List<MatchResult> match(List<String> specs) throws IOException {
    List<MatchResult> results = new ArrayList<>();
    for (String spec : specs) {
      Name name = new Name(spec);
      results.add(
          Files.isRegularFile(name.path())
              ? MatchResult.create(
                  MatchResult.Status.OK,
                  List.of(
                      MatchResult.Metadata.builder()
                          .setResourceId(name)
                          .setSizeBytes(Files.size(name.path()))
                          .setIsReadSeekEfficient(true)
                          .build()))
              : MatchResult.create(MatchResult.Status.NOT_FOUND, List.of()));
    }
    return results;
  }

  @Override
  protected ReadableByteChannel open(Name name) throws IOException {
    return new Failing(Files.newByteChannel(name.path()));
  }

  @Override
  protected Name matchNewResource(String spec, boolean isDirectory) {
    return new Name(spec);
  }

  @Override
  protected String getScheme() {
    return SCHEME;
  }

  @Override
  protected WritableByteChannel create(Name name, CreateOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void copy(List<Name> from, List<Name> to) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void rename(List<Name> from, List<Name> to, MoveOptions... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void delete(Collection<Name> names) {
    throw new UnsupportedOperationException();
  }

  private static final class Failing implements SeekableByteChannel {
    private final SeekableByteChannel in;

    Failing(SeekableByteChannel in) {
      this.in = in;
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
      if (in.position() >= BYTES && FAILURES.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        throw new IOException("on purpose");
      }
      return in.read(bytes);
    }

    @Override
    public int write(ByteBuffer bytes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long position() throws IOException {
      return in.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
      in.position(position);
      return this;
    }

    @Override
    public long size() throws IOException {
      return in.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
      return in.isOpen();
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
