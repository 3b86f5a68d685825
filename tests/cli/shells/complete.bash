# bash complete.bash SCRIPT LINE: what the completions in SCRIPT offer at the end of LINE, one a line. The words are split
# as readline splits them, each run of '=' and '@' being a word of its own.
source "$1"
read -ra COMP_WORDS < <(sed -E 's/[=@]+/ & /g' <<<"$2")
[[ $2 == *' ' ]] && COMP_WORDS+=("")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
COMP_LINE=$2 COMP_POINT=${#2}
_tlsward
printf '%s\n' "${COMPREPLY[@]}"
