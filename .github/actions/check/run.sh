#!/usr/bin/env bash
# Turns the inputs of the action into one run of the gate; its exit code is the step's.
set -euo pipefail

case "${INPUT_COMMAND:-check}" in
check | lint) ;;
*)
  echo "::error title=pledgebook::the input 'command' is 'check' or 'lint'"
  exit 2
  ;;
esac

arguments=(--book "${INPUT_BOOK:-.}")
[ -z "${INPUT_AS_OF:-}" ] || arguments+=(--as-of "$INPUT_AS_OF")
[ -z "${INPUT_CONFIG:-}" ] || arguments+=(--config "$INPUT_CONFIG")
arguments+=("${INPUT_COMMAND:-check}" --format github)
[ -z "${INPUT_SINCE:-}" ] || arguments+=("--since=$INPUT_SINCE")
[ "${INPUT_STRICT:-false}" != true ] || arguments+=(--strict)
[ -z "${INPUT_SARIF:-}" ] || arguments+=(--output "sarif=$INPUT_SARIF")
[ -z "${INPUT_JUNIT:-}" ] || arguments+=(--output "junit=$INPUT_JUNIT")

exec "${PLEDGEBOOK:-pledgebook}" "${arguments[@]}"
