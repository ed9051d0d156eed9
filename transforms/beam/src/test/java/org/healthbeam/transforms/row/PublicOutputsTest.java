package org.healthbeam.transforms.row;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.schemas.SchemaRegistry;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.core.variant.RegionSummary;
import org.healthbeam.core.variant.SampleSummary;
import org.healthbeam.core.variant.VariantSummary;
import org.healthbeam.core.variant.join.VariantRevision;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.alert.AlertBurden;
import org.healthbeam.core.vital.score.EarlyWarningScore;
import org.healthbeam.transforms.code.Codes;
import org.healthbeam.transforms.code.Coverage;
import org.healthbeam.transforms.code.PlacedTranslation;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.variant.Variants;
import org.healthbeam.transforms.vital.Vitals;
import org.healthbeam.transforms.vital.quality.Profile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Everything that leaves a transform of a front door has a schema, and a coder that tells it. */
class PublicOutputsTest {
  private static final List<Class<?>> FRONT_DOORS =
      List.of(Codes.class, Vitals.class, Variants.class);

  /** What all front doors' transforms emit; found by their signatures. */
  private static Set<Class<?>> outputs() throws ReflectiveOperationException {
    Set<Class<?>> types = new TreeSet<>((a, b) -> a.getName().compareTo(b.getName()));
    for (Class<?> door : FRONT_DOORS) {
      for (Method method : door.getMethods()) {
        if (PTransform.class.isAssignableFrom(method.getReturnType())) {
          addOutputs(method.getReturnType(), types);
        }
      }
    }
    addTags(Outcomes.class, types);
    addTags(Profile.class, types);
    for (Method method : Rejects.class.getMethods()) {
      addElement(method.getGenericReturnType(), types);
    }
    return types;
  }

  private static void addOutputs(Class<?> transform, Set<Class<?>> types)
      throws ReflectiveOperationException {
    Type output =
        ((ParameterizedType) transform.getGenericSuperclass()).getActualTypeArguments()[1];
    Class<?> raw = raw(output);
    if (raw == PCollectionTuple.class) {
      assertTrue(addTags(transform, types) > 0, transform + " has no tags of its outputs");
    } else if (!addElement(output, types) && !PValue.class.isAssignableFrom(raw)) {
      assertTrue(POutput.class.isAssignableFrom(raw), raw + " is no output");
      for (Method method : raw.getMethods()) {
        addElement(method.getGenericReturnType(), types);
      }
    }
  }

  private static int addTags(Class<?> transform, Set<Class<?>> types) {
    int tags = 0;
    for (Field field : transform.getFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == TupleTag.class) {
        add(argument(field.getGenericType()), types);
        tags++;
      }
    }
    return tags;
  }

  private static boolean addElement(Type type, Set<Class<?>> types) {
    if (raw(type) != PCollection.class) {
      return false;
    }
    add(argument(type), types);
    return true;
  }

  /** Adds classes of ours; a pair is two. */
  private static void add(Type element, Set<Class<?>> types) {
    if (raw(element) == KV.class) {
      Arrays.stream(((ParameterizedType) element).getActualTypeArguments())
          .forEach(each -> add(each, types));
    } else if (raw(element).getName().startsWith("org.healthbeam.")) {
      types.add(raw(element));
    }
  }

  private static Type argument(Type type) {
    return ((ParameterizedType) type).getActualTypeArguments()[0];
  }

  private static Class<?> raw(Type type) {
    return TypeDescriptor.of(type).getRawType();
  }

  @Test
  void theOutputsAreFound() throws ReflectiveOperationException {
    assertTrue(
        outputs()
            .containsAll(
                List.of(
                    PlacedTranslation.class,
                    Coverage.class,
                    VitalSign.class,
                    EarlyWarningScore.class,
                    AlertBurden.class,
                    VariantSummary.class,
                    SampleSummary.class,
                    RegionSummary.class,
                    VariantRevision.class,
                    Rejected.class)),
        () -> "found " + assertFound());
  }

  private static String assertFound() {
    try {
      return outputs().toString();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> eachHasASchemaAndACoderThatTellsIt() throws ReflectiveOperationException {
    return outputs().stream()
        .map(type -> DynamicTest.dynamicTest(type.getSimpleName(), () -> check(type)));
  }

  private static void check(Class<?> type) throws Exception {
    Coder<?> coder = CoderRegistry.createDefault().getCoder(type);
    assertTrue(coder instanceof CompactCoder, () -> coder + " tells no schema");
    assertEquals(
        SchemaRegistry.createDefault().getSchema(type), ((CompactCoder<?>) coder).getSchema());
    assertTrue(
        SerializableUtils.clone(coder) == coder, () -> coder + " is another one on a worker");
  }
}
