package org.healthbeam.io.kafka;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.kafka.clients.producer.Producer;

/** Sends messages at least once: all of a bundle are with the brokers when it ends. */
final class SendMessages extends DoFn<TopicMessage, Void> {
  private static final long serialVersionUID = 1L;

  private final String bootstrapServers;
  private final ClientSettings settings;
  @Nullable private transient Producer<byte[], byte[]> producer;
  @Nullable private transient AtomicReference<Exception> failure;

  SendMessages(String bootstrapServers, ClientSettings settings) {
    this.bootstrapServers = bootstrapServers;
    this.settings = settings;
  }

  @StartBundle
  public void begin() throws IOException {
    failure = new AtomicReference<>();
    if (producer == null) {
      producer = settings.producer(bootstrapServers);
    }
  }

  @ProcessElement
  @SuppressWarnings("FutureReturnValueIgnored") // The callback is told of failures.
  public void process(@Element TopicMessage message) throws IOException {
    AtomicReference<Exception> ofBundle = failure;
    producer.send(
        message.toSend(),
        (metadata, e) -> {
          if (e != null) {
            ofBundle.compareAndSet(null, e);
          }
        });
    check();
  }

  @FinishBundle
  public void end() throws IOException {
    producer.flush();
    check();
  }

  private void check() throws IOException {
    Exception e = failure.get();
    if (e != null) {
      throw new IOException("A message could not be sent", e);
    }
  }

  @Teardown
  public void close() {
    if (producer != null) {
      producer.close();
      producer = null;
    }
  }
}
