# Stands in for the official image where none can be pulled: the same paths and user.
FROM constellation-base/debian:12
COPY prometheus promtool /bin/
RUN install -d -o 65534 -g 65534 /prometheus /etc/prometheus
USER 65534
WORKDIR /prometheus
VOLUME /prometheus
EXPOSE 9090
ENTRYPOINT ["/bin/prometheus"]
