# What the shells get is made from the table of options.
assay completions bash >assay.bash
bash -n assay.bash
echo "[$?] bash"
for shell in bash zsh fish; do
    assay completions $shell >text
    assay help >usage
    assay help fmt >>usage
    grep -o -e '--[a-z-]*' usage | sort -u | sed 's/^--//' |
        while read -r option; do
            grep -q -e "-l $option\b\|--$option\b" text ||
                echo "$shell does not know $option"
        done
done
bash -c '. ./assay.bash
    COMP_CWORD=1
    _assay assay ru assay; echo "${COMPREPLY[@]}"
    _assay assay --fo assay; echo "${COMPREPLY[@]}"
    _assay assay m --format; echo "${COMPREPLY[@]}"'
assay completions fish
