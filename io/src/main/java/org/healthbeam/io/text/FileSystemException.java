package org.healthbeam.io.text;

import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;

/** The file system failed while a file was read; the file itself may be sound. */
public final class FileSystemException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Tells of a failure of the file system.
   *
   * @param cause has the file system's own message
   */
  public FileSystemException(IOException cause) {
    super("The file system failed while a file was read", cause);
  }

  /** {@return whether there is no right to read the file, which no other try will change} */
  public boolean isNoPermission() {
    Throwable cause = getCause();
    // Beam's local file system opens with java.io, which tells it in the message only.
    return cause instanceof AccessDeniedException
        // Hadoop has one of its own.
        || (cause != null && cause.getClass().getSimpleName().equals("AccessControlException"))
        || (cause instanceof FileNotFoundException
            && String.valueOf(cause.getMessage()).endsWith("(Permission denied)"));
  }

  /** Marks every failure of the stream below as one of the file system. */
  public static final class Guard extends FilterInputStream {
    /**
     * Marks those of this stream.
     *
     * @param in of a file; closed with this stream
     */
    public Guard(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return in.read();
      } catch (IOException e) {
        throw new FileSystemException(e);
      }
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      try {
        return in.read(bytes, from, length);
      } catch (IOException e) {
        throw new FileSystemException(e);
      }
    }
  }
}
