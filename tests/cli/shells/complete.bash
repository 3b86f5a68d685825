# bash complete.bash SCRIPT LINE: what the completions in SCRIPT offer at the end of LINE, one a line. The words are split
# as readline splits them, '=' being a word of its own.
source "$1"
line=${2//=/ = }
read -ra COMP_WORDS <<<"$line"
[[ $2 == *' ' || $2 == *= ]] && COMP_WORDS+=("")
[[ $2 == *= ]] && unset 'COMP_WORDS[-1]'
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
COMP_LINE=$2 COMP_POINT=${#2}
_tlsward
printf '%s\n' "${COMPREPLY[@]}"
