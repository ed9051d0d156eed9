package org.healthbeam.templates.annotations;

/**
 * What kind of input a form asks for; the words are those of {@code ParameterType} in the Dataflow
 * API (v1b3).
 */
public enum ParameterType {
  /** As the type in Java says: {@link #ENUM}, {@link #BOOLEAN}, {@link #NUMBER}, else text. */
  BY_JAVA_TYPE,
  TEXT,
  GCS_READ_BUCKET,
  GCS_WRITE_BUCKET,
  GCS_READ_FILE,
  GCS_WRITE_FILE,
  GCS_READ_FOLDER,
  GCS_WRITE_FOLDER,
  PUBSUB_TOPIC,
  PUBSUB_SUBSCRIPTION,
  BIGQUERY_TABLE,
  JAVASCRIPT_UDF_FILE,
  SERVICE_ACCOUNT,
  MACHINE_TYPE,
  KMS_KEY_NAME,
  WORKER_REGION,
  WORKER_ZONE,
  BOOLEAN,
  ENUM,
  NUMBER,
  KAFKA_READ_TOPIC,
  KAFKA_WRITE_TOPIC
}
