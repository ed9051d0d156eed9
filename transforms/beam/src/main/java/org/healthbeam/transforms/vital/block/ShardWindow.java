package org.healthbeam.transforms.vital.block;

/**
 * Some of the subjects, in one window: the key of blocks.
 *
 * @param shard from 0
 * @param start when the window begins, in milliseconds
 */
record ShardWindow(int shard, long start) {

  /**
   * Into how many shards subjects are parted. A bundle gives at most as many blocks for each
   * window, and to tell a window takes the memory of its share of the readings; more would make
   * more and smaller blocks, fewer would need more memory at once and leave slots idle.
   */
  static final int SHARDS = 64;

  static int shardOf(String subject) {
    int hash = subject.hashCode() * 0x9e3779b9;
    return (hash >>> 16) % SHARDS;
  }
}
