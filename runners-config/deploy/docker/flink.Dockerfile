# Made by ./healthbeam template generate of what the options and runners-config/deploy say; change
# them, not this.
#   docker build -f runners-config/deploy/docker/flink.Dockerfile -t healthbeam-flink:0.1.0-SNAPSHOT runners-config/flink/target/job
FROM flink:1.19.3-java17
COPY healthbeam-flink-job.jar /opt/flink/usrlib/healthbeam-flink-job.jar
