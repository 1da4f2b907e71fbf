# Shared by packaging/run and packaging/test; sourced, not run.
top="$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")"
cd "$top"
export LC_ALL=C.UTF-8

# What root installs, root's own caller builds: under sudo, go on as the person who called, so that nothing in the checkout
# ends up owned by root.
as_caller() {
  if ((EUID == 0)) && [[ -n ${SUDO_USER:-} && $SUDO_USER != root && $(stat -c %U "$top") == "$SUDO_USER" ]]; then
    # what an earlier call may have left as root
    [[ -d build ]] && chown -R "$SUDO_USER": build
    sudo -u "$SUDO_USER" --set-home --preserve-env=DISPLAY,WAYLAND_DISPLAY,XDG_RUNTIME_DIR,XAUTHORITY,PRIMER_DATA,CI,LC_ALL,TERM -- "$@"
  else
    "$@"
  fi
}

# build PRESET [TARGET...]: the whole of it, or what is named.
build() {
  local preset=$1
  shift
  as_caller cmake --preset "$preset" >/dev/null
  as_caller cmake --build --preset "$preset" ${1:+--target "$@"}
}
