# zsh -f complete.zsh FOLDER LINE: the line after the completions in FOLDER/_tlsward completed it, in a terminal as a user
# has one.
zmodload zsh/zpty
result=$(mktemp)
zpty child "env -i HOME=$HOME PATH=$PATH TERM=dumb zsh -f"
{
  print -r -- "PS1= PS2= RPS1="
  print -r -- "fpath=($1 \$fpath); autoload -Uz compinit; compinit -u -D"
  print -r -- "show() { print -r -- \"\$BUFFER\" >$result; exit }"
  print -r -- "zle -N show; bindkey '^I' complete-word; bindkey '^X' show"
} | while read -r line; do zpty -w child "$line"; done
zpty -w -n child "$2"$'\t'
zpty -w -n child $'\x18'
for ((i = 0; i < 200; ++i)); do
  [[ -s $result ]] && break
  zpty -r -t child ignored
  sleep 0.05
done
cat $result
rm -f $result
zpty -d child
