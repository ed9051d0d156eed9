package org.healthbeam.transforms.files;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystem;
import org.apache.beam.sdk.io.FileSystemRegistrar;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.CreateOptions;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * Files in memory under {@code strict://}. As in object storage there are no folders, and every
 * name with {@code *}, {@code ?} or {@code [} is a glob where it is matched, never the name itself.
 * A test uses a folder of its own.
 */
public final class StrictFiles extends FileSystem<StrictFiles.Name> {
  private static final String SCHEME = "strict";
  private static final Map<String, Stored> FILES = new ConcurrentSkipListMap<>();
  private static final Map<String, AtomicInteger> FAILURES = new ConcurrentSkipListMap<>();
  // Every change has a time of its own, long past.
  private static final AtomicLong TIME = new AtomicLong(1_000_000_000_000L);

  private static final class Stored {
    private final byte[] bytes;
    private final long modified;

    Stored(byte[] bytes, long modified) {
      this.bytes = bytes;
      this.modified = modified;
    }
  }

  /** Makes the files known to Beam. */
  public static final class Registrar implements FileSystemRegistrar {
    @Override
    public Iterable<FileSystem<?>> fromOptions(PipelineOptions options) {
      return List.of(new StrictFiles());
    }
  }

  /** Makes these files and all others known, as a pipeline does when it is created. */
  public static void register() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  /** Puts a file there, or replaces it. */
  public static void put(String name, byte[] bytes) {
    FILES.put(name, new Stored(bytes.clone(), TIME.getAndAdd(10_000)));
  }

  /** Puts a file there, or replaces it. */
  public static void put(String name, String text) {
    put(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns a file's bytes; null if it is not there. */
  public static byte[] get(String name) {
    Stored stored = FILES.get(name);
    return stored == null ? null : stored.bytes.clone();
  }

  /** Returns the names that begin so. */
  public static List<String> names(String prefix) {
    return FILES.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
  }

  /** Lets the file be opened so many times, and then fail once so many times. */
  public static void failAfter(String name, int opened, int failures) {
    FAILURES.put(name, new AtomicInteger(opened + failures));
    FAILURES.put(name + "#", new AtomicInteger(failures));
  }

  /** Returns how many of the failures that were asked for are still to come. */
  public static int failuresLeft(String name) {
    AtomicInteger left = FAILURES.get(name);
    return left == null ? 0 : Math.min(left.get(), FAILURES.get(name + "#").get());
  }

  /** The name of a file, or of a folder if it ends so. */
  public record Name(String text) implements ResourceId {
    private static final long serialVersionUID = 1L;

    @Override
    public ResourceId resolve(String other, ResolveOptions options) {
      boolean isFolder =
          options.equals(ResolveOptions.StandardResolveOptions.RESOLVE_DIRECTORY)
              && !other.endsWith("/");
      return new Name((isDirectory() ? text : text + "/") + other + (isFolder ? "/" : ""));
    }

    @Override
    public ResourceId getCurrentDirectory() {
      return isDirectory() ? this : new Name(text.substring(0, text.lastIndexOf('/') + 1));
    }

    @Override
    public String getScheme() {
      return SCHEME;
    }

    @Override
    public String getFilename() {
      return text.substring(text.lastIndexOf('/') + 1);
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
  protected List<MatchResult> match(List<String> specs) {
    List<MatchResult> results = new ArrayList<>();
    for (String spec : specs) {
      List<MatchResult.Metadata> found = new ArrayList<>();
      Pattern glob = Pattern.compile(regex(spec));
      FILES.forEach(
          (name, stored) -> {
            if (glob.matcher(name).matches()) {
              found.add(
                  MatchResult.Metadata.builder()
                      .setResourceId(new Name(name))
                      .setSizeBytes(stored.bytes.length)
                      .setLastModifiedMillis(stored.modified)
                      .setIsReadSeekEfficient(true)
                      .build());
            }
          });
      results.add(
          MatchResult.create(
              found.isEmpty() ? MatchResult.Status.NOT_FOUND : MatchResult.Status.OK, found));
    }
    return results;
  }

  private static String regex(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      int close = c == '[' ? glob.indexOf(']', i) : -1;
      if (c == '*') {
        regex.append("[^/]*");
      } else if (c == '?') {
        regex.append("[^/]");
      } else if (close > i) {
        String set = glob.substring(i + 1, close);
        regex.append(set.startsWith("!") ? "[^" + set.substring(1) + "]" : "[" + set + "]");
        i = close;
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return regex.toString();
  }

  private static Stored stored(Name name) throws FileNotFoundException {
    Stored stored = FILES.get(name.text());
    if (stored == null) {
      throw new FileNotFoundException(name.text());
    }
    return stored;
  }

  @Override
  protected ReadableByteChannel open(Name name) throws IOException {
    AtomicInteger left = FAILURES.get(name.text());
    if (left != null) {
      int before = left.getAndUpdate(n -> Math.max(0, n - 1));
      if (before > 0 && before <= FAILURES.get(name.text() + "#").get()) {
        throw new IOException("timed out on purpose");
      }
    }
    return new Bytes(ByteBuffer.wrap(stored(name).bytes).asReadOnlyBuffer());
  }

  @Override
  protected Name matchNewResource(String spec, boolean isDirectory) {
    return new Name(isDirectory && !spec.endsWith("/") ? spec + "/" : spec);
  }

  @Override
  protected String getScheme() {
    return SCHEME;
  }

  @Override
  protected WritableByteChannel create(Name name, CreateOptions options) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    return new WritableByteChannel() {
      private boolean open = true;

      @Override
      public int write(ByteBuffer bytes) {
        byte[] more = new byte[bytes.remaining()];
        bytes.get(more);
        all.write(more, 0, more.length);
        return more.length;
      }

      @Override
      public boolean isOpen() {
        return open;
      }

      @Override
      public void close() {
        if (open) {
          put(name.text(), all.toByteArray());
        }
        open = false;
      }
    };
  }

  @Override
  protected void copy(List<Name> from, List<Name> to) throws IOException {
    for (int i = 0; i < from.size(); i++) {
      put(to.get(i).text(), stored(from.get(i)).bytes);
    }
  }

  @Override
  protected void rename(List<Name> from, List<Name> to, MoveOptions... options) throws IOException {
    copy(from, to);
    delete(from);
  }

  @Override
  protected void delete(Collection<Name> names) {
    names.forEach(name -> FILES.remove(name.text()));
  }

  private static final class Bytes implements SeekableByteChannel {
    private final ByteBuffer all;
    private boolean open = true;

    Bytes(ByteBuffer all) {
      this.all = all;
    }

    @Override
    public int read(ByteBuffer into) {
      if (!all.hasRemaining()) {
        return -1;
      }
      int n = Math.min(all.remaining(), into.remaining());
      into.put(all.slice().limit(n));
      all.position(all.position() + n);
      return n;
    }

    @Override
    public int write(ByteBuffer bytes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
      return all.position();
    }

    @Override
    public SeekableByteChannel position(long position) {
      all.position((int) Math.min(position, all.limit()));
      return this;
    }

    @Override
    public long size() {
      return all.limit();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() {
      open = false;
    }
  }
}
