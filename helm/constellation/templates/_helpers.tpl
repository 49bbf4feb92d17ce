{{/* 26 characters at most: the longest name of a StatefulSet has 52. */}}
{{- define "constellation.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 26 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" (.Release.Name | trunc 12 | trimSuffix "-") .Chart.Name | trunc 26 | trimSuffix "-" -}}
{{- end -}}
{{- end }}

{{/* What a selector may say: it never changes. Takes root and service. */}}
{{- define "constellation.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .service }}
{{- end }}

{{- define "constellation.labels" -}}
{{ include "constellation.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{- define "constellation.image" -}}
{{ .root.Values.image.repository }}/{{ .service }}:{{ .root.Values.image.tag | default .root.Chart.AppVersion }}
{{- end }}

{{- define "constellation.pullSecrets" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "constellation.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ . }}
runAsGroup: {{ . }}
fsGroup: {{ . }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "constellation.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* The user that services run as. */}}
{{- define "constellation.user" -}}10001{{- end }}

{{- define "constellation.bootstrapServers" -}}
{{- if .Values.tryout.enabled -}}
{{ include "constellation.fullname" . }}-kafka:9092
{{- else -}}
{{ required "kafka.bootstrapServers is missing: where the brokers are, as host:port (or tryout.enabled for one in the cluster)" .Values.kafka.bootstrapServers }}
{{- end -}}
{{- end }}

{{- define "constellation.datasourceUrl" -}}
{{- if .Values.tryout.enabled -}}
jdbc:postgresql://{{ include "constellation.fullname" . }}-postgresql:5432/constellation
{{- else -}}
{{ required "postgresql.url is missing: jdbc:postgresql://host:port/database (or tryout.enabled for one in the cluster)" .Values.postgresql.url }}
{{- end -}}
{{- end }}

{{/* Takes a Secret's name. */}}
{{- define "constellation.datasourceUser" -}}
- name: SPRING_DATASOURCE_USERNAME
  valueFrom:
    secretKeyRef: {name: {{ . }}, key: username}
- name: SPRING_DATASOURCE_PASSWORD
  valueFrom:
    secretKeyRef: {name: {{ . }}, key: password}
{{- end }}

{{/* How a service with a schema of its own finds it. Takes root and the service's values. */}}
{{- define "constellation.datasource" -}}
- name: SPRING_DATASOURCE_URL
  value: {{ include "constellation.datasourceUrl" .root | quote }}
{{ include "constellation.datasourceUser" (.values.databaseSecret | default .root.Values.postgresql.secret) }}
{{- if .root.Values.migration.job }}
- name: SPRING_FLYWAY_ENABLED
  value: "false"
{{- else }}
# The database may still be starting.
- name: SPRING_FLYWAY_CONNECTRETRIES
  value: "60"
{{- end }}
{{- end }}

{{/* How a service, of whose part of the values it takes root and values, takes part in the network. */}}
{{- define "constellation.network" -}}
{{- $values := .values }}
{{- with .root }}
- name: CONSTELLATION_GENESISFILE
  value: /etc/constellation/genesis/genesis.bin
{{- with .Values.organisation }}
- name: CONSTELLATION_ORGANISATION
  value: {{ . | quote }}
{{- end }}
- name: SPRING_KAFKA_BOOTSTRAPSERVERS
  value: {{ include "constellation.bootstrapServers" . | quote }}
- name: SPRING_CLOUD_STREAM_KAFKA_BINDER_BROKERS
  value: {{ include "constellation.bootstrapServers" . | quote }}
{{- if and (not .Values.tryout.enabled) (ne .Values.kafka.securityProtocol "PLAINTEXT") }}
- name: SPRING_KAFKA_SECURITY_PROTOCOL
  value: {{ .Values.kafka.securityProtocol }}
{{- if hasPrefix "SASL_" .Values.kafka.securityProtocol }}
- name: SPRING_KAFKA_PROPERTIES_SASL_MECHANISM
  value: {{ .Values.kafka.sasl.mechanism }}
- name: SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG
  valueFrom:
    secretKeyRef: {name: {{ $values.kafkaSecret | default .Values.kafka.sasl.secret }}, key: sasl.jaas.config}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* How many members of a committee may fail: n, committeeSize, has f = (n-1)/3. */}}
{{- define "constellation.faultyMax" -}}
{{ div (sub . 1) 3 }}
{{- end }}
