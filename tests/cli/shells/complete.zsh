# zsh -f complete.zsh FOLDER LINE: the line after the completions in FOLDER/_tlsward completed it, in a terminal as a user
# has one.
zmodload zsh/zpty
result=$(mktemp)
await() {
  for ((i = 0; i < 600; ++i)); do
    [[ -s $1 ]] && return
    zpty -r -t child ignored
    sleep 0.05
  done
}
zpty child "env -i HOME=$HOME PATH=$PATH TERM=dumb zsh -f"
{
  print -r -- "PS1= PS2= RPS1="
  print -r -- "fpath=($1 \$fpath); autoload -Uz compinit; compinit -u -D"
  print -r -- "show() { print -r -- \"\$BUFFER\" >$result; exit }"
  print -r -- "zle -N show; bindkey '^I' complete-word; bindkey '^X' show"
  # What is typed before the line editor reads may be taken for input of the commands above.
  print -r -- "zle-line-init() { print ready >$result.ready }; zle -N zle-line-init"
} | while read -r line; do zpty -w child "$line"; done
await $result.ready
zpty -w -n child "$2"$'\t'
zpty -w -n child $'\x18'
await $result
cat $result
rm -f $result $result.ready
zpty -d child
