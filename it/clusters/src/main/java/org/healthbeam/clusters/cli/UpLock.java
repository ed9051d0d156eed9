package org.healthbeam.clusters.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.healthbeam.clusters.ClusterException;
import org.healthbeam.clusters.StateFolder;
import org.healthbeam.clusters.engine.Engine;

/** Held while a cluster is started, so that of two who start the same one is refused. */
final class UpLock implements AutoCloseable {
  private final FileChannel channel;

  private UpLock(FileChannel channel) {
    this.channel = channel;
  }

  static UpLock of(Path folder, Engine engine) throws IOException {
    StateFolder.create(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve(engine.word() + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw new ClusterException("another command is starting " + engine.word() + " just now");
    }
    return new UpLock(channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
