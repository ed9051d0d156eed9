package org.healthbeam.transforms.vital.block;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.beam.sdk.testing.CoderProperties;

/** A key: equal ones have equal bytes, and others have others. */
class ShardWindowCoderTest {
  @Property(tries = 200)
  void keysOfBlocksSurviveTheirCoder(@ForAll String subject, @ForAll long start) throws Exception {
    ShardWindow key = new ShardWindow(ShardWindow.shardOf(subject), start);
    ShardWindow same = new ShardWindow(key.shard(), start);
    CoderProperties.coderDecodeEncodeEqual(ShardWindowCoder.of(), key);
    CoderProperties.coderDeterministic(ShardWindowCoder.of(), key, same);
    CoderProperties.coderConsistentWithEquals(
        ShardWindowCoder.of(), key, new ShardWindow(key.shard() + 1, start));
    CoderProperties.coderSerializable(ShardWindowCoder.of());
    ShardWindowCoder.of().verifyDeterministic();
  }
}
