#!/bin/sh
# Gives every service's identity what it needs at a broker with an authorizer, and no more: all read
# everything of the network, since nothing in it is secret, and each writes only the topics of its
# layers. May be run again at any time.
#
#   kafka/acls.sh BOOTSTRAP_SERVERS ADMIN_CONFIG NETWORK [CLUSTERS [READER...]]
#
# READERs are identities of other organisations that have brokers of their own: they read everything
# of the network here, and write nothing.
#
# ADMIN_CONFIG is a client's properties file of a broker administrator. KAFKA_ACLS names the broker's
# own tool where it is not on the PATH. The identities are those of the services, by name; a broker
# gives them out by SASL or by certificates.
set -eu

if [ $# -lt 3 ]; then
  sed -n '2,14s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
servers=$1 config=$2 network=constellation.$3 clusters=${4:-1}
shift "$(($# < 4 ? $# : 4))"
tool=${KAFKA_ACLS:-kafka-acls.sh}

allow() {
  "$tool" --bootstrap-server "$servers" --command-config "$config" --add "$@" >/dev/null
}

reads() {
  allow --allow-principal "User:$1" --operation Read --resource-pattern-type prefixed \
    --topic "$network."
}

writes() {
  identity=$1
  shift
  topics=
  for topic in "$@"; do
    topics="$topics --topic $network.$topic.v1"
  done
  # shellcheck disable=SC2086 # one argument for each word
  allow --allow-principal "User:$identity" --operation Write $topics
}

# Services make the topics that are missing, so each may; the name's beginning is all it may choose.
allow --allow-principal User:star-service --allow-principal User:cluster-consensus-service \
  --allow-principal User:galaxy-service --allow-principal User:blackhole-ledger \
  --operation Read --operation Create --resource-pattern-type prefixed --topic "$network."

# The only one that reads through Spring Cloud Stream, whose groups are made up for each start.
allow --allow-principal User:star-service --operation Read \
  --resource-pattern-type prefixed --group anonymous.

gossip= layer=
cluster=0
while [ "$cluster" -lt "$clusters" ]; do
  gossip="$gossip c$cluster.gossip"
  layer="$layer c$cluster.consensus c$cluster.sync c$cluster.checkpoints c$cluster.verdicts"
  cluster=$((cluster + 1))
done

# shellcheck disable=SC2086
writes star-service $gossip star.inbox galaxy.notices blackhole.sync
# shellcheck disable=SC2086
writes cluster-consensus-service $layer blackhole.sync
writes galaxy-service galaxy.consensus galaxy.sync blackhole.blocks blackhole.sync
# It shows clusters what forked longer ago than they remember.
# shellcheck disable=SC2086
writes blackhole-ledger $gossip blackhole.sync

for reader in "$@"; do
  reads "$reader"
done
