package org.healthbeam.transforms.row;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.schemas.SchemaRegistry;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.core.variant.Moments;
import org.healthbeam.core.variant.PopulationSummary;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.RegionSummary;
import org.healthbeam.core.variant.SampleSummary;
import org.healthbeam.core.variant.SiteTotals;
import org.healthbeam.core.variant.VariantSummary;
import org.healthbeam.core.variant.join.VariantRevision;
import org.healthbeam.core.vital.ReadingVersion;
import org.healthbeam.core.vital.SummaryKey;
import org.healthbeam.core.vital.VitalReading;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.VitalSummary;
import org.healthbeam.core.vital.alert.Acknowledgement;
import org.healthbeam.core.vital.alert.Alert;
import org.healthbeam.core.vital.alert.AlertBurden;
import org.healthbeam.core.vital.artefact.VitalArtefact;
import org.healthbeam.core.vital.quality.QualityItem;
import org.healthbeam.core.vital.quality.ReadingGaps;
import org.healthbeam.core.vital.score.EarlyWarningScore;
import org.healthbeam.transforms.outcome.StageCount;

/** What rows and coders owe to every value, whatever its parts. */
class RowFormLawsTest {
  private static final List<Class<?>> TYPES =
      List.of(
          Rejected.class,
          StageCount.class,
          VitalReading.class,
          VitalSign.class,
          VitalArtefact.class,
          ReadingGaps.class,
          QualityItem.class,
          SummaryKey.class,
          VitalSummary.class,
          EarlyWarningScore.class,
          Alert.class,
          AlertBurden.class,
          Acknowledgement.class,
          VariantSummary.class,
          PopulationSummary.class,
          SampleSummary.class,
          Region.class,
          SiteTotals.class,
          RegionSummary.class,
          VariantRevision.class);

  private static final double[] NUMBERS = {
    Double.NaN, 0, -0.0, 1, 0.1, -1e-300, Double.MAX_VALUE, Double.NEGATIVE_INFINITY
  };

  @Property(tries = 200)
  void everyValueBecomesARowThatTravelsAndComesBack(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    for (Class<?> type : TYPES) {
      check(type, random);
    }
  }

  @SuppressWarnings("unchecked")
  private static <T> void check(Class<T> type, Random random) throws Exception {
    T value = (T) any(type, random);
    SchemaRegistry registry = SchemaRegistry.createDefault();
    Row row = registry.getToRowFunction(type).apply(value);
    // Every value is checked against the schema, and encoded as it would be for SQL.
    Row checked = Row.withSchema(registry.getSchema(type)).addValues(row.getValues()).build();
    Row travelled = CoderUtils.clone(RowCoder.of(checked.getSchema()), checked);
    assertEquals(value, registry.getFromRowFunction(type).apply(travelled), type.getSimpleName());
    Coder<T> coder = CoderRegistry.createDefault().getCoder(type);
    assertEquals(value, CoderUtils.clone(coder, value), type.getSimpleName());
  }

  private static Object any(Type type, Random random) throws ReflectiveOperationException {
    Class<?> raw = TypeDescriptor.of(type).getRawType();
    if (raw == String.class) {
      return List.of("", "a", "\t\n\u00e4\u4e2d", "-1").get(random.nextInt(4));
    } else if (raw == int.class) {
      return random.nextInt(1 << 10);
    } else if (raw == long.class) {
      return random.nextLong() >>> (12 + random.nextInt(50));
    } else if (raw == double.class) {
      return NUMBERS[random.nextInt(NUMBERS.length)];
    } else if (raw == boolean.class) {
      return random.nextBoolean();
    } else if (raw == Instant.class) {
      return Instant.ofEpochMilli(random.nextLong() >> 20);
    } else if (raw == LocalDate.class) {
      return LocalDate.ofEpochDay(random.nextInt(100_000) - 50_000);
    } else if (raw == Duration.class) {
      return Duration.ofMinutes(random.nextInt(1 << 20));
    } else if (raw == Moments.class) {
      return moments(random);
    } else if (raw == ReadingVersion.class) {
      ReadingVersion.Status status = ReadingVersion.Status.at(random.nextInt(7));
      return status == ReadingVersion.Status.ORIGINAL
          ? ReadingVersion.ORIGINAL
          : new ReadingVersion(status, random.nextLong(), random.nextLong());
    } else if (raw == SiteTotals.class) {
      return SiteTotals.of(counter -> random.nextInt(1 << 20));
    } else if (raw == Region.class) {
      int start = random.nextInt(1000);
      return new Region("1", start, start + random.nextInt(1000), "name");
    } else if (raw.isEnum()) {
      return raw.getEnumConstants()[random.nextInt(raw.getEnumConstants().length)];
    } else if (raw == List.class) {
      return list(((ParameterizedType) type).getActualTypeArguments()[0], random);
    }
    return record(raw, random);
  }

  private static Moments moments(Random random) {
    Moments moments = new Moments();
    for (int i = random.nextInt(4); i > 0; i--) {
      moments.add(random.nextInt(1 << 20));
    }
    return moments;
  }

  private static List<Object> list(Type element, Random random)
      throws ReflectiveOperationException {
    List<Object> values = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      values.add(any(element, random));
    }
    return values;
  }

  private static Object record(Class<?> type, Random random) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      boolean absent = types[i] == VariantSummary.class && random.nextBoolean();
      values[i] = absent ? null : any(components[i].getGenericType(), random);
    }
    return type.getDeclaredConstructor(types).newInstance(values);
  }
}
