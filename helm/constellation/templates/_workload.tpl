{{/*
A service's pods and their headless Service. Takes:
  root      the chart's scope
  service   the service's name: of its image, and last in every name
  kind      StatefulSet or Deployment
  port      where it takes requests
  values    its part of the values
  replicas
  given     its keys: a list of Secrets, each {secret, keys}; none for members
  members   Secrets with members' keys, of which pod N's containers see the Nth alone; none for other services
  network   whether it takes part in the network, and so needs genesis file and broker
  env       more environment, as text
  config    name of a ConfigMap with more configuration, or none
  readiness what readiness includes beside the process itself, or none
*/}}
{{- define "constellation.workload" -}}
{{- $root := .root }}
{{- $full := printf "%s-%s" (include "constellation.fullname" $root) .service }}
{{- $isSet := eq .kind "StatefulSet" }}
{{- $members := .members | default list }}
{{- $given := .given | default list }}
{{- $keys := or $members $given }}
{{- $mounts := concat $root.Values.mounts .values.mounts }}
{{- $scheme := ternary "HTTPS" "HTTP" (ne $root.Values.tls.secret "") }}
apiVersion: apps/v1
kind: {{ .kind }}
metadata:
  name: {{ $full }}
  labels:
    {{- include "constellation.labels" . | nindent 4 }}
spec:
  {{- if .replicas }}
  replicas: {{ .replicas }}
  {{- end }}
  selector:
    matchLabels:
      {{- include "constellation.selector" . | nindent 6 }}
  {{- if $isSet }}
  serviceName: {{ $full }}
  # All start at once, since a committee needs most of its members; upgrades take them one by one.
  podManagementPolicy: Parallel
  updateStrategy:
    type: RollingUpdate
  # Long enough to be heard by the others before the next one goes.
  minReadySeconds: 15
  {{- else }}
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxUnavailable: 0
      maxSurge: 1
  {{- end }}
  template:
    metadata:
      labels:
        {{- include "constellation.labels" . | nindent 8 }}
      {{- with .checksum }}
      annotations:
        checksum/config: {{ . }}
      {{- end }}
    spec:
      serviceAccountName: {{ include "constellation.fullname" $root }}
      automountServiceAccountToken: false
      # Else CONSTELLATION_..._PORT of a Service would be read as the service's own configuration.
      enableServiceLinks: false
      terminationGracePeriodSeconds: 60
      {{- include "constellation.pullSecrets" $root | nindent 6 }}
      securityContext:
        {{- include "constellation.podSecurity" (include "constellation.user" $root) | nindent 8 }}
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              {{- include "constellation.selector" . | nindent 14 }}
      {{- if $keys }}
      initContainers:
        # Files of a Secret are readable by the pod's group, and services refuse keys that anybody
        # but their owner may read. Their copies are in memory alone.
        - name: keys
          image: {{ include "constellation.image" . }}
          imagePullPolicy: {{ $root.Values.image.pullPolicy }}
          command: [/bin/sh, -euc]
          args:
            - |
              umask 077
              cd /given
              for file in *; do
                [ ! -f "$file" ] || cp -f "$file" /run/constellation/keys/
              done
              {{- if $members }}
              member=/var/lib/constellation/member
              mkdir -p "$member"
              for key in operational.key agreement.key coin.share; do
                ln -sfn "/run/constellation/keys/$key" "$member/$key"
              done
              # Once in a member's life: the empty journal that was made with its keys.
              if [ ! -e "$member/journal" ]; then
                rm -rf "$member/journal.new"
                mkdir "$member/journal.new"
                cp journal/* "$member/journal.new/"
                chmod u+w "$member"/journal.new/*
                sync
                mv "$member/journal.new" "$member/journal"
              fi
              {{- end }}
          {{- if $members }}
          env:
            - name: POD_NAME
              valueFrom:
                fieldRef: {fieldPath: metadata.name}
          {{- end }}
          resources:
            requests: {cpu: 10m, memory: 32Mi}
            limits: {memory: 32Mi}
          securityContext:
            {{- include "constellation.containerSecurity" $root | nindent 12 }}
          volumeMounts:
            - name: given
              mountPath: /given
              readOnly: true
              {{- if $members }}
              # A volume cannot be another one for each pod, and a StatefulSet for each member would restart all
              # at once with an upgrade. So the volume has every member's keys, as the node sees it; a container
              # sees this pod's directory alone, and what runs on does not mount it at all.
              subPathExpr: $(POD_NAME)
              {{- end }}
            - {name: keys, mountPath: /run/constellation/keys}
            {{- if $members }}
            - {name: data, mountPath: /var/lib/constellation}
            {{- end }}
      {{- end }}
      containers:
        - name: {{ .service }}
          image: {{ include "constellation.image" . }}
          imagePullPolicy: {{ $root.Values.image.pullPolicy }}
          env:
            - name: MANAGEMENT_SERVER_PORT
              value: "9090"
            {{- with .readiness }}
            - name: MANAGEMENT_ENDPOINT_HEALTH_GROUP_READINESS_INCLUDE
              value: readinessState,{{ . }}
            {{- end }}
            {{- if .network }}
            {{- include "constellation.network" . | nindent 12 }}
            {{- end }}
            {{- with .config }}
            - name: SPRING_CONFIG_ADDITIONALLOCATION
              value: file:/etc/constellation/config/
            {{- end }}
            {{- if $root.Values.tls.secret }}
            {{- $tls := $root.Files.Get "tls.yaml" | fromYaml }}
            {{- toYaml $tls.services | nindent 12 }}
            {{- if eq .service "contract-gateway" }}
            {{- toYaml $tls.contractGateway | nindent 12 }}
            {{- end }}
            {{- end }}
            {{- with .env }}
            {{- . | nindent 12 }}
            {{- end }}
            {{- with .values.env }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
          ports:
            - {name: http, containerPort: {{ .port }}}
            - {name: management, containerPort: 9090}
          startupProbe:
            httpGet: {path: /actuator/health/liveness, port: management, scheme: {{ $scheme }}}
            periodSeconds: 3
            timeoutSeconds: 2
            failureThreshold: 100
          livenessProbe:
            httpGet: {path: /actuator/health/liveness, port: management, scheme: {{ $scheme }}}
            periodSeconds: 10
            timeoutSeconds: 5
            failureThreshold: 6
          readinessProbe:
            httpGet: {path: /actuator/health/readiness, port: management, scheme: {{ $scheme }}}
            periodSeconds: 5
            timeoutSeconds: 5
          {{- if not $isSet }}
          lifecycle:
            # Until nobody sends requests here any more.
            preStop:
              sleep: {seconds: 5}
          {{- end }}
          # No limit of processor time: a member that is held back looks like one that is slow.
          resources:
            requests:
              cpu: {{ .values.resources.cpu }}
              memory: {{ .values.resources.memory }}
            limits:
              memory: {{ .values.resources.memory }}
          securityContext:
            {{- include "constellation.containerSecurity" $root | nindent 12 }}
          volumeMounts:
            - {name: tmp, mountPath: /tmp}
            {{- if .network }}
            - {name: genesis, mountPath: /etc/constellation/genesis, readOnly: true}
            {{- end }}
            {{- if $keys }}
            - {name: keys, mountPath: /run/constellation/keys, readOnly: true}
            {{- end }}
            {{- if .config }}
            - {name: config, mountPath: /etc/constellation/config, readOnly: true}
            {{- end }}
            {{- if $members }}
            - {name: data, mountPath: /var/lib/constellation}
            {{- end }}
            {{- if $root.Values.tls.secret }}
            - {name: tls, mountPath: /etc/constellation/tls, readOnly: true}
            {{- end }}
            {{- range $index, $mount := $mounts }}
            - {name: mount-{{ $index }}, mountPath: {{ $mount.path }}, readOnly: true}
            {{- end }}
      volumes:
        - name: tmp
          emptyDir: {sizeLimit: 256Mi}
        {{- if .network }}
        - name: genesis
          configMap: {name: {{ $root.Values.genesis.configMap }}}
        {{- end }}
        {{- with .config }}
        - name: config
          configMap: {name: {{ . }}}
        {{- end }}
        {{- if $keys }}
        - name: keys
          emptyDir: {medium: Memory, sizeLimit: 1Mi}
        - name: given
          projected:
            defaultMode: 0440
            sources:
              {{- if $members }}
              {{- range $index, $secret := $members }}
              {{- $pod := printf "%s-%d" $full $index }}
              - secret:
                  name: {{ $secret }}
                  items:
                    - {key: operational.key, path: {{ $pod }}/operational.key}
                    - {key: agreement.key, path: {{ $pod }}/agreement.key}
                    - {key: coin.share, path: {{ $pod }}/coin.share}
                    - {key: lock, path: {{ $pod }}/journal/lock}
                    - {key: 000000000001.journal, path: {{ $pod }}/journal/000000000001.journal}
              {{- end }}
              {{- else }}
              {{- range $given }}
              - secret:
                  name: {{ .secret }}
                  items:
                    {{- range .keys }}
                    - {key: {{ . }}, path: {{ . }}}
                    {{- end }}
              {{- end }}
              {{- end }}
        {{- end }}
        {{- with $root.Values.tls.secret }}
        - name: tls
          secret: {secretName: {{ . }}, defaultMode: 0440}
        {{- end }}
        {{- range $index, $mount := $mounts }}
        - name: mount-{{ $index }}
          secret: {secretName: {{ $mount.secret }}, defaultMode: 0440}
        {{- end }}
  {{- if $members }}
  volumeClaimTemplates:
    - metadata:
        name: data
        labels:
          {{- include "constellation.selector" . | nindent 10 }}
      spec:
        accessModes: [ReadWriteOnce]
        {{- with .values.storage.className }}
        storageClassName: {{ . }}
        {{- end }}
        resources:
          requests:
            storage: {{ .values.storage.size }}
  {{- end }}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ $full }}
  labels:
    {{- include "constellation.labels" . | nindent 4 }}
spec:
  clusterIP: None
  # Also who is not ready is asked how it is.
  publishNotReadyAddresses: true
  selector:
    {{- include "constellation.selector" . | nindent 4 }}
  ports:
    - {name: http, port: {{ .port }}, targetPort: http}
    - {name: management, port: 9090, targetPort: management}
{{- end }}

{{/* A committee's members: their pods, and how many must stay. Takes what the workload takes. */}}
{{- define "constellation.members" -}}
{{- $count := len .values.members }}
{{- if gt $count (int .values.committeeSize) }}
{{- fail (printf "%s: %d members, but committeeSize is %d" .service $count (int .values.committeeSize)) }}
{{- end }}
{{- $shared := dict "kind" "StatefulSet" "network" true "replicas" $count "members" .values.members "readiness" "membersHealth" }}
{{- include "constellation.workload" (merge $shared .) }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "constellation.fullname" .root }}-{{ .service }}
  labels:
    {{- include "constellation.labels" . | nindent 4 }}
spec:
  # Of n members n-f must stay, so of those here no more than f may be away at once.
  maxUnavailable: {{ include "constellation.faultyMax" (int .values.committeeSize) | trim }}
  selector:
    matchLabels:
      {{- include "constellation.selector" . | nindent 6 }}
{{- end }}

{{/* What services know the operator's token by, for those that have something only he may. */}}
{{- define "constellation.operator" -}}
{{- if .Values.secrets.operator }}
- secret: {{ .Values.secrets.operator }}
  keys: [operator.hash]
{{- end }}
{{- end }}

{{- define "constellation.operatorEnv" -}}
{{- if .Values.secrets.operator }}
- name: CONSTELLATION_SECURITY_OPERATORTOKENFILE
  value: /run/constellation/keys/operator.hash
{{- end }}
{{- end }}
