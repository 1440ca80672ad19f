#!/usr/bin/env bash
# Builds Brigade and runs all of its tests: format, .NET, Python and browser.
#   ./test.sh                 everything
#   ./test.sh Runner Web      only the named .NET test projects
# Installs what the tests need from Debian where it is missing. The last line is "N passed, N failed, N skipped".
set -uo pipefail

# Whoever starts this in the background or under nohup has it ignore signals, and all that it starts: then Ctrl-C would not end the servers of the tests that press it.
if [[ ${BRIGADE_TEST_SIGNALS:-} != default ]]; then
  exec env --default-signal=HUP,INT,QUIT BRIGADE_TEST_SIGNALS=default bash "$0" "$@"
fi

cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 NUGET_XMLDOC_MODE=skip

logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
passed=0 failed=0 skipped=0

# A run that ends badly without saying a number of failures counts as one failure.
die() { printf '%s\n' "$*" >&2; printf '%d passed, %d failed, %d skipped\n' "$passed" "$((failed + 1))" "$skipped"; exit 1; }

need() { # need COMMAND-OR-FILE PACKAGE: installs a Debian package where its program is missing
  command -v "$1" >/dev/null 2>&1 && return
  compgen -G "$1" >/dev/null 2>&1 && return
  missing+=("$2")
}

missing=()
need /usr/bin/chromium chromium
need '/usr/lib/postgresql/*/bin/initdb' postgresql
need python3 python3
need '/usr/lib/python3/dist-packages/psycopg' python3-psycopg
need setsid util-linux
need bwrap bubblewrap
if ((${#missing[@]})); then
  echo "Installing: ${missing[*]}"
  as_root=(); ((EUID == 0)) || as_root=(sudo)
  { "${as_root[@]}" apt-get update -qq && DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq "${missing[@]}"; } >"$logs/apt" 2>&1 \
    || { tail -n 20 "$logs/apt"; die "Could not install ${missing[*]}: install them by hand and run this again."; }
fi
for tool in dotnet node npm; do command -v "$tool" >/dev/null || die "Brigade needs $tool (.NET 10 SDK and Node.js 18 or newer)."; done

step() { printf '\n== %s\n' "$*"; }

step "Build"
dotnet build Dashboard.sln -warnaserror -v quiet -clp:NoSummary || die "The build failed."

only=("$@")
if ((${#only[@]} == 0)); then
  step "Format"
  dotnet format Dashboard.sln --verify-no-changes --no-restore || die "Run 'dotnet format' and look at what it changed."
  passed=$((passed + 1))

  step "Python trial host"
  python3 tests/PythonHost.Tests/run.py 2>&1 | tee "$logs/python"
  status=${PIPESTATUS[0]}
  total=$(sed -n 's/^Ran \([0-9]*\) test.*/\1/p' "$logs/python")
  count() { grep -oE "$1=[0-9]+" "$logs/python" | awk -F= '{ n += $2 } END { print n + 0 }'; }
  bad=$(($(count failures) + $(count errors))) out=$(count skipped)
  passed=$((passed + ${total:-0} - bad - out)) failed=$((failed + bad)) skipped=$((skipped + out))
  ((status != 0 && bad == 0)) && failed=$((failed + 1))
fi

# One project after the other: on two cores, tests that measure must not compete with each other.
for project in tests/*.Tests/*.csproj; do
  name=$(basename "$project" .Tests.csproj)
  ((${#only[@]})) && [[ " ${only[*]} " != *" $name "* ]] && continue
  step "$name"
  dotnet test --project "$project" --no-build --no-progress 2>&1 | tee "$logs/$name"
  status=${PIPESTATUS[0]}
  count() { sed -n "s/^ *$1: *\([0-9]*\).*/\1/p" "$logs/$name" | tail -n 1; }
  ok=$(count succeeded) bad=$(count failed) out=$(count skipped)
  passed=$((passed + ${ok:-0})) failed=$((failed + ${bad:-0})) skipped=$((skipped + ${out:-0}))
  ((status != 0 && ${bad:-0} == 0)) && failed=$((failed + 1))
done

printf '\n%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
((failed == 0))
