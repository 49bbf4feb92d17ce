# Stands in for the official image where none can be pulled: the same variables, user, volume and directories, so that
# what a volume is made from has the same owner.
FROM constellation-base/debian:12
RUN useradd --uid 999 --user-group postgres \
 && apt-get update -q && apt-get install -y -q --no-install-recommends postgresql-15 \
 && rm -rf /var/lib/postgresql/15 /var/lib/apt/lists/* /var/cache/apt/* \
 && install -d -o 999 -g 999 -m 1777 /var/lib/postgresql && install -d -o 999 -g 999 /var/run/postgresql
COPY postgres-entrypoint /usr/local/bin/docker-entrypoint.sh
ENV PATH=/usr/lib/postgresql/15/bin:$PATH PGDATA=/var/lib/postgresql/18/docker LANG=C.UTF-8
USER 999
VOLUME /var/lib/postgresql
STOPSIGNAL SIGINT
EXPOSE 5432
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["postgres"]
