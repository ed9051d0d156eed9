package org.healthbeam.io.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.healthbeam.io.text.FileSystemException;
import org.healthbeam.transforms.files.NamedFiles;

/** A file of a file system of Beam's that can be read from any place. */
record BeamFile(String name) implements InputFile {
  @Override
  public long getLength() throws IOException {
    try {
      return NamedFiles.get(name).sizeBytes();
    } catch (IOException e) {
      throw new FileSystemException(e);
    }
  }

  @Override
  public SeekableInputStream newStream() throws IOException {
    ReadableByteChannel channel;
    try {
      channel = FileSystems.open(NamedFiles.resource(name));
    } catch (IOException e) {
      throw new FileSystemException(e);
    }
    if (!(channel instanceof SeekableByteChannel places)) {
      channel.close();
      throw new IOException("The file system of " + name + " cannot read from within a file");
    }
    return new Placed(places);
  }

  private static final class Placed extends DelegatingSeekableInputStream {
    private final SeekableByteChannel channel;

    Placed(SeekableByteChannel channel) {
      super(new FileSystemException.Guard(Channels.newInputStream(channel)));
      this.channel = channel;
    }

    @Override
    public long getPos() {
      try {
        return channel.position();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void seek(long place) throws IOException {
      try {
        channel.position(place);
      } catch (IOException e) {
        throw new FileSystemException(e);
      }
    }
  }
}
