{{/*
Every topic: name, partitions and settings, as docs/reference/topics.md has them. Also galaxy.tables, which nobody
writes yet: services look for all of them, and are not healthy where one is missing that they may not make.
*/}}
{{- define "constellation.topics" -}}
{{- $prefix := printf "constellation.%s" .Values.network }}
{{- $hour := 3600000 }}
{{- range .Values.topics.clusters }}
{{- $cluster := printf "%s.c%d" $prefix (int .) }}
{{ include "constellation.topic" (list (printf "%s.gossip.v1" $cluster) $hour 2048) }}
{{ include "constellation.topic" (list (printf "%s.consensus.v1" $cluster) $hour 1024) }}
{{ include "constellation.topic" (list (printf "%s.sync.v1" $cluster) 600000 1024) }}
{{ include "constellation.topic" (list (printf "%s.checkpoints.v1" $cluster) (mul 24 $hour) 4096) }}
{{ include "constellation.topic" (list (printf "%s.verdicts.v1" $cluster) (mul 6 $hour) 256) }}
{{- end }}
{{ include "constellation.topic" (list (printf "%s.star.inbox.v1" $prefix) (mul 168 $hour) 1024) }}
{{ include "constellation.topic" (list (printf "%s.galaxy.consensus.v1" $prefix) $hour 1024) }}
{{ include "constellation.topic" (list (printf "%s.galaxy.sync.v1" $prefix) 600000 1024) }}
{{ include "constellation.topic" (list (printf "%s.galaxy.notices.v1" $prefix) (mul 24 $hour) 512) }}
{{ include "constellation.topic" (list (printf "%s.galaxy.tables.v1" $prefix) (mul 168 $hour) 256) }}
{{ include "constellation.topic" (list (printf "%s.blackhole.blocks.v1" $prefix) -1 -1) }}
{{ include "constellation.topic" (list (printf "%s.blackhole.sync.v1" $prefix) 600000 1024) }}
{{- end }}

{{/* Takes name, milliseconds and mebibytes that are kept; -1 for all. */}}
{{- define "constellation.topic" -}}
{{- $bytes := index . 2 }}
{{- if gt $bytes 0 }}
{{- $bytes = mul $bytes 1048576 }}
{{- end -}}
topic {{ index . 0 }} 1 --config cleanup.policy=delete --config retention.ms={{ index . 1 }} --config retention.bytes={{ $bytes }} --config segment.bytes=67108864 --config max.message.bytes=2162688 --config compression.type=uncompressed
{{- end }}
