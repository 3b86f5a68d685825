# bash complete.bash SCRIPT LINE: what the completions in SCRIPT offer at the end of LINE, one a line. The words are split
# as readline splits them, '=' and '@' being words of their own.
source "$1"
line=${2//=/ = }
line=${line//@/ @ }
read -ra COMP_WORDS <<<"$line"
[[ $2 == *' ' ]] && COMP_WORDS+=("")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
COMP_LINE=$2 COMP_POINT=${#2}
_tlsward
printf '%s\n' "${COMPREPLY[@]}"
