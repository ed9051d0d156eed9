package org.healthbeam.transforms.hapi;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.FhirVersionEnum;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Modifier;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * Encodes HAPI's resources: the version of FHIR and compact JSON, never Java serialization. Equal
 * resources give equal bytes, as far as HAPI writes them so.
 *
 * <p>Narratives, versions of references and the identifiers of a Bundle's entries stay as they are.
 * What HAPI cannot write is lost: values that have no place in FHIR ({@code userData}) and targets
 * of references that stand in the same Bundle only. Every JVM has one {@link FhirContext} for each
 * version of FHIR, which all threads and coders share.
 *
 * @param <T> a type of resource, or what all of them are: {@code IBaseResource}
 */
public final class ResourceCoder<T extends IBaseResource> extends CustomCoder<T> {
  private static final long serialVersionUID = 1L;
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();

  private final Class<T> type;

  private ResourceCoder(Class<T> type) {
    this.type = type;
  }

  /**
   * {@return the coder of a type of resource, of any version of FHIR}
   *
   * @param <T> a type of resource, or {@code IBaseResource}
   * @param type the class that it is decoded to; what is decoded may be of a class below it
   */
  public static <T extends IBaseResource> ResourceCoder<T> of(Class<T> type) {
    return new ResourceCoder<>(type);
  }

  @Override
  public void encode(T value, OutputStream out) throws IOException {
    FhirVersionEnum version = value.getStructureFhirVersionEnum();
    TEXT.encode(version.name(), out);
    TEXT.encode(parser(version).encodeResourceToString(value), out);
  }

  @Override
  public T decode(InputStream in) throws IOException {
    IParser parser = parser(FhirVersionEnum.valueOf(TEXT.decode(in)));
    String json = TEXT.decode(in);
    // A type of one's own is not found by the name in the JSON.
    return Modifier.isAbstract(type.getModifiers())
        ? type.cast(parser.parseResource(json))
        : parser.parseResource(type, json);
  }

  /** Returns a copy by way of JSON: HAPI's own copies lack the fields of an author's types. */
  static <T extends IBaseResource> T copy(T resource) {
    IParser parser = parser(resource.getStructureFhirVersionEnum());
    @SuppressWarnings("unchecked") // The class of an object of type T.
    Class<T> type = (Class<T>) resource.getClass();
    return parser.parseResource(type, parser.encodeResourceToString(resource));
  }

  private static IParser parser(FhirVersionEnum version) {
    return FhirContext.forCached(version)
        .newJsonParser()
        .setPrettyPrint(false)
        .setSuppressNarratives(false)
        .setStripVersionsFromReferences(false)
        .setOverrideResourceIdWithBundleEntryFullUrl(false)
        // It reads what HAPI itself has written, and its log would quote the patient.
        .setParserErrorHandler(new LenientErrorHandler(false).disableAllErrors());
  }

  @Override
  public void verifyDeterministic() {}

  @Override
  public TypeDescriptor<T> getEncodedTypeDescriptor() {
    return TypeDescriptor.of(type);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ResourceCoder<?> coder && type.equals(coder.type);
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }

  @Override
  public String toString() {
    return "ResourceCoder(" + type.getSimpleName() + ")";
  }
}
