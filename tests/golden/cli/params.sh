# Values from the command line.
echo 'param name "A name" = "nobody"; print "hello {$name}"' >hello.assay
assay run hello.assay
assay run --set name='"you"' hello.assay
assay run --set name='"you"' --set name='"me"' hello.assay
