#!/bin/bash
# Healthy when /healthz/started, the application's own address, answers 200. The image has no curl, and bash speaks as much
# HTTP as this needs.
exec 3<>/dev/tcp/127.0.0.1/8080 || exit 1
printf 'GET /healthz/started HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
read -r -t 4 _ status _ <&3
[[ $status == 200 ]]
