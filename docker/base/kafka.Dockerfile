# Stands in for the official image where none can be pulled: the same variables, user and volume.
ARG JAVA_IMAGE
FROM ${JAVA_IMAGE}
RUN useradd --uid 1000 --user-group appuser && install -d -o 1000 -g 1000 /opt/kafka/config /var/lib/kafka/data
COPY libs /opt/kafka/libs
COPY kafka-entrypoint /etc/kafka/docker/run
USER appuser
VOLUME /var/lib/kafka/data
EXPOSE 9092
CMD ["/etc/kafka/docker/run"]
