# Writes the environment of a builder as JSON: what bash has set once it has read setup of stdenv.
set -e
[ ! -e "$NIX_ATTRS_SH_FILE" ] || source "$NIX_ATTRS_SH_FILE"

export IN_NIX_SHELL=impure dontAddDisableDepTrack=1
[[ -z $stdenv ]] || source "$stdenv"/setup

# Before there is anything of this program itself.
__variables="$(declare -p)"
__functions="$(declare -F)"

# __text TEXT: as a string of JSON.
__text() {
    local text="${1//\\/\\\\}" code char
    text="${text//\"/\\\"}"
    text="${text//$'\n'/\\n}"
    text="${text//$'\r'/\\r}"
    text="${text//$'\t'/\\t}"
    if [[ $text == *[$'\x01'-$'\x1f']* ]]; then
        for code in {1..31}; do
            printf -v char '\\x%x' "$code"
            printf -v char '%b' "$char"
            printf -v code '\\u%04x' "$code"
            text="${text//"$char"/"$code"}"
        done
    fi
    printf '"%s"' "$text"
}

# __member NAME: what separates a member from the one before it, and its name. The caller has __comma.
__member() {
    printf '%s\n%s' "$__comma" "$__indent"
    __comma=,
    __text "$1"
    printf ': '
}

__writeFunctions() {
    local __comma='' __indent='    ' line body
    while read -r line; do
        [[ $line =~ ^declare\ -f\ (.*) ]] || continue
        line="${BASH_REMATCH[1]}"
        body="$(type "$line")"
        if ! [[ $body =~ \{(.*)\} ]]; then
            printf "The function '%s' cannot be read.\n" "$line" >&2
            return 1
        fi
        body="${BASH_REMATCH[1]}"
        __member "$line"
        __text "$body"
    done <<<"$__functions"
}

# Variables of bash itself, which differ in each process.
__own='^(BASH_.*|COMP_.*|_|DIRSTACK|EUID|FUNCNAME|HISTCMD|HOSTNAME|GROUPS|PIPESTATUS|PWD|RANDOM|SHLVL|SECONDS|EPOCHREALTIME|EPOCHSECONDS)$'

__writeVariables() {
    local __comma='' __indent='    ' __line __kind __name
    while read -r __line; do
        [[ $__line =~ ^declare\ (-[^ ])\ ([^=]*) ]] || continue
        __kind="${BASH_REMATCH[1]}" __name="${BASH_REMATCH[2]}"
        if [[ $__name =~ $__own ]]; then continue; fi
        __member "$__name"
        printf '{'
        __value "$__kind" "$__name"
        printf '}'
    done <<<"$__variables"
}

# __value KIND NAME: the type and value of a variable. What is neither a text, an array nor a map has
# no value.
__value() {
    local __comma='' __indent='' __item
    case $1 in
    -x) printf '"type": "exported", "value": '; __text "${!2}" ;;
    --) # the variable LINENO is among these: it is the number of the line below, as with the reference
        printf '"type": "var", "value": '
        __text "${!2}"
        ;;
    -a)
        local __all="$2[@]"
        printf '"type": "array", "value": ['
        for __item in "${!__all}"; do
            printf '%s' "$__comma"
            __comma=', '
            __text "$__item"
        done
        printf ']'
        ;;
    -A)
        declare -n __map="$2"
        printf '"type": "associative", "value": {'
        for __item in "${!__map[@]}"; do
            __member "$__item"
            __text "${__map[$__item]}"
        done
        printf '}'
        ;;
    *) printf '"type": "unknown"' ;;
    esac
}

__write() {
    printf '{\n  "bashFunctions": {'
    __writeFunctions
    printf '\n  },\n  "variables": {'
    __writeVariables
    printf '\n  }'
    if [ -e "$NIX_ATTRS_SH_FILE" ]; then
        printf ',\n  "structuredAttrs": {\n    ".attrs.sh": '
        __text "$(<"$NIX_ATTRS_SH_FILE")"
        printf ',\n    ".attrs.json": '
        __text "$(<"$NIX_ATTRS_JSON_FILE")"
        printf '\n  }'
    fi
    printf '\n}'
}

# Outputs are a map with structured attributes, and names of variables otherwise, or the one that there
# always is.
__paths=()
if [ -e "$NIX_ATTRS_SH_FILE" ]; then
    __paths=("${outputs[@]}")
else
    for __output in ${outputs-out}; do
        __paths+=("${!__output}")
    done
fi
__write >"${__paths[0]}"
for __output in "${__paths[@]:1}"; do
    : >"$__output"
done
