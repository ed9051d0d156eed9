package org.healthbeam.io.kafka;

import java.util.List;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.io.kafka.KafkaCheckpointMark;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.options.ExperimentalOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.resourcehints.ResourceHints;

/**
 * The unbounded source of {@link KafkaIO}, which its transform does not hand out: it is taken from
 * what the transform expands to.
 */
final class KafkaSource {
  private static final String USE_DEPRECATED_READ = "use_deprecated_read";

  private KafkaSource() {}

  static UnboundedSource<KafkaRecord<byte[], byte[]>, KafkaCheckpointMark> of(
      KafkaIO.Read<byte[], byte[]> read) {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.as(ExperimentalOptions.class).setExperiments(List.of(USE_DEPRECATED_READ));
    // A pipeline that never runs and so needs no runner.
    Pipeline expanded =
        Pipeline.forTransformHierarchy(new TransformHierarchy(ResourceHints.create()), options);
    expanded.apply("Read", read);
    Find find = new Find();
    expanded.traverseTopologically(find);
    if (find.source == null) {
      throw new IllegalStateException("KafkaIO does not read from an unbounded source");
    }
    return find.source;
  }

  /** Makes checkpoints of no partition. */
  static final class NothingRead implements SerializableFunction<Void, KafkaCheckpointMark> {
    private static final long serialVersionUID = 1L;

    @Override
    public KafkaCheckpointMark apply(@Nullable Void nothing) {
      return new KafkaCheckpointMark(List.of(), Optional.empty());
    }
  }

  private static final class Find extends Pipeline.PipelineVisitor.Defaults {
    @Nullable private UnboundedSource<KafkaRecord<byte[], byte[]>, KafkaCheckpointMark> source;

    @Override
    @SuppressWarnings("unchecked") // What is read is the only output of the only transform.
    public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
      if (node.getTransform() instanceof Read.Unbounded<?> unbounded) {
        source =
            (UnboundedSource<KafkaRecord<byte[], byte[]>, KafkaCheckpointMark>)
                unbounded.getSource();
        return CompositeBehavior.DO_NOT_ENTER_TRANSFORM;
      }
      return CompositeBehavior.ENTER_TRANSFORM;
    }
  }
}
