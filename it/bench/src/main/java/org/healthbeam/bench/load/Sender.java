package org.healthbeam.bench.load;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends readings to a topic at a pace, each dated when it is sent; in a thread of its own. */
final class Sender implements AutoCloseable {
  private static final long PROBE_EVERY_NANOS = 20_000_000;
  private static final int AT_ONCE = 500;
  private static final long BUFFERED = 1L << 24;

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final Series series;
  private final LongSupplier read;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final Thread thread = new Thread(this::run, "sender");
  private final AtomicLong sent = new AtomicLong();
  private volatile double rate;
  private volatile long mostAhead;
  private volatile boolean done;

  /**
   * Begins to send nothing.
   *
   * @param read how many of them the job has read
   */
  Sender(String servers, String topic, Series series, LongSupplier read) {
    this.topic = topic;
    this.series = series;
    this.read = read;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                servers,
                "linger.ms",
                5,
                "batch.size",
                1 << 16,
                "buffer.memory",
                BUFFERED),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    thread.setDaemon(true);
    thread.start();
  }

  /** Sends so many a second from now on, however far behind the job is. */
  void pace(double perSecond) {
    mostAhead = Long.MAX_VALUE;
    rate = perSecond;
  }

  /** Sends as many as can be sent, as long as the job is not more than so many behind. */
  void unthrottled(long behind) {
    mostAhead = behind;
    rate = 1e9;
  }

  long sent() {
    return sent.get();
  }

  private void run() {
    try {
      double paceOf = 0;
      long since = 0;
      long ofPace = 0;
      long lastProbe = 0;
      while (!done) {
        long now = System.nanoTime();
        if (rate != paceOf) {
          paceOf = rate;
          since = now;
          ofPace = 0;
        }
        long due = (long) Math.min(AT_ONCE, (now - since) / 1e9 * paceOf - ofPace);
        due = Math.min(due, mostAhead - (sent.get() - read.getAsLong()));
        long at = System.currentTimeMillis();
        if (paceOf > 0 && now - lastProbe > PROBE_EVERY_NANOS) {
          lastProbe = now;
          send(series.probe(at));
          ofPace++;
        }
        for (long i = 0; i < due; i++) {
          send(series.reading(at));
        }
        ofPace += Math.max(0, due);
        if (due < AT_ONCE) {
          Thread.sleep(1);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure.set(e);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // What fails is told to the callback.
  private void send(Series.Message message) {
    producer.send(
        new ProducerRecord<>(topic, message.partition(), null, message.row()),
        (told, e) -> {
          if (e != null) {
            failure.compareAndSet(null, e);
          }
        });
    sent.incrementAndGet();
  }

  /** Waits until the broker has all that was sent until now. */
  void flush() {
    producer.flush();
    check();
  }

  /** Fails if something could not be sent. */
  void check() {
    if (failure.get() != null) {
      throw new IllegalStateException("Sending failed", failure.get());
    }
  }

  /** Ends the pace and sends what closes all windows; what was sent is there then. */
  void finish(long atMs) throws InterruptedException {
    done = true;
    thread.join();
    for (int partition = 0; partition < Series.PARTITIONS; partition++) {
      for (int i = 0; i < 20; i++) {
        send(Series.after(partition, atMs + i));
      }
    }
    producer.flush();
    check();
  }

  @Override
  public void close() {
    done = true;
    producer.close(java.time.Duration.ZERO);
  }
}
