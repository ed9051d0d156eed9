/**
 * Messages of Kafka as records: {@link org.healthbeam.io.kafka.ReadMessages} is the front door.
 * Imports {@code io.stream}, {@code core.outcome}, {@code transforms.outcome}, KafkaIO and Beam.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.io.kafka;
