package org.healthbeam.bench.vital;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.healthbeam.core.vital.ReadingSeries;
import org.healthbeam.core.vital.VitalKind;

/** The types of the job by hand and their bytes, written by hand too. */
final class OwnType<T> extends TypeInformation<T> {
  private static final long serialVersionUID = 1L;
  static final OwnType<Point> POINT = new OwnType<>(Point.class, new PointBytes());
  static final OwnType<Point.Series> SERIES = new OwnType<>(Point.Series.class, new KeyBytes());
  static final OwnType<ReadingSeries> READINGS =
      new OwnType<>(ReadingSeries.class, new ReadingsBytes());

  private final Class<T> type;
  private final Bytes<T> bytes;

  private OwnType(Class<T> type, Bytes<T> bytes) {
    this.type = type;
    this.bytes = bytes;
  }

  /** A serializer without settings. */
  private abstract static class Bytes<T> extends TypeSerializerSingleton<T>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean isImmutableType() {
      return true;
    }

    @Override
    public T copy(T from) {
      return from;
    }

    @Override
    public T copy(T from, T reuse) {
      return copy(from);
    }

    @Override
    public T createInstance() {
      return null;
    }

    @Override
    public int getLength() {
      return -1;
    }

    @Override
    public T deserialize(T reuse, DataInputView in) throws IOException {
      return deserialize(in);
    }

    @Override
    public void copy(DataInputView in, DataOutputView out) throws IOException {
      serialize(deserialize(in), out);
    }
  }

  static final class KeyBytes extends Bytes<Point.Series> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(Point.Series key, DataOutputView out) throws IOException {
      out.writeByte(key.kind().index());
      out.writeUTF(key.subject());
    }

    @Override
    public Point.Series deserialize(DataInputView in) throws IOException {
      VitalKind kind = VitalKind.at(in.readByte());
      return new Point.Series(in.readUTF(), kind);
    }

    @Override
    public TypeSerializerSnapshot<Point.Series> snapshotConfiguration() {
      return new KeySnapshot();
    }

    /** Says which serializer wrote a checkpoint. */
    public static final class KeySnapshot extends SimpleTypeSerializerSnapshot<Point.Series> {
      public KeySnapshot() {
        super(KeyBytes::new);
      }
    }
  }

  static final class PointBytes extends Bytes<Point> {
    private static final long serialVersionUID = 1L;
    private static final KeyBytes KEY = new KeyBytes();

    @Override
    public void serialize(Point point, DataOutputView out) throws IOException {
      KEY.serialize(point.series(), out);
      out.writeLong(point.time());
      out.writeDouble(point.value());
      out.writeBoolean(point.plausible());
    }

    @Override
    public Point deserialize(DataInputView in) throws IOException {
      return new Point(KEY.deserialize(in), in.readLong(), in.readDouble(), in.readBoolean());
    }

    @Override
    public TypeSerializerSnapshot<Point> snapshotConfiguration() {
      return new PointSnapshot();
    }

    /** Says which serializer wrote a checkpoint. */
    public static final class PointSnapshot extends SimpleTypeSerializerSnapshot<Point> {
      public PointSnapshot() {
        super(PointBytes::new);
      }
    }
  }

  static final class ReadingsBytes extends Bytes<ReadingSeries> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean isImmutableType() {
      return false;
    }

    @Override
    public ReadingSeries copy(ReadingSeries from) {
      ReadingSeries copy = new ReadingSeries();
      copy.addAll(from);
      return copy;
    }

    @Override
    public void serialize(ReadingSeries told, DataOutputView out) throws IOException {
      // A snapshot is written by another thread while this one copies what it is about to change:
      // sorting in place here made such a copy of readings that were being moved.
      ReadingSeries series = told.inOrder();
      out.writeInt(series.toldCount());
      out.writeLong(series.added());
      out.writeLong(series.implausible());
      series.<IOException>told(
          (time, value) -> {
            out.writeLong(time);
            out.writeDouble(value);
          });
    }

    @Override
    public ReadingSeries deserialize(DataInputView in) throws IOException {
      int n = in.readInt();
      long added = in.readLong();
      long implausible = in.readLong();
      long[] times = new long[n];
      double[] values = new double[n];
      for (int i = 0; i < n; i++) {
        times[i] = in.readLong();
        values[i] = in.readDouble();
      }
      return ReadingSeries.of(times, values, List.of(), List.of(), added, implausible);
    }

    @Override
    public TypeSerializerSnapshot<ReadingSeries> snapshotConfiguration() {
      return new ReadingsSnapshot();
    }

    /** Says which serializer wrote a checkpoint. */
    public static final class ReadingsSnapshot extends SimpleTypeSerializerSnapshot<ReadingSeries> {
      public ReadingsSnapshot() {
        super(ReadingsBytes::new);
      }
    }
  }

  @SuppressWarnings("deprecation") // The one without is not abstract and calls this one.
  @Override
  public TypeSerializer<T> createSerializer(ExecutionConfig config) {
    return bytes;
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<T> getTypeClass() {
    return type;
  }

  @Override
  public boolean isKeyType() {
    return true;
  }

  @Override
  public String toString() {
    return type.getSimpleName();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OwnType<?> that && type == that.type;
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof OwnType;
  }
}
